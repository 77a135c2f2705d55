import { ApiError, endpoints, type Client, type DelegationTerms, type Filing } from '@sochi/contract';
import { parseDelegation, readCertificate, verifySignedData, writeDelegationClaim } from '@sochi/signature';
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { delegate, openTerms } from '../../test/a-delegation.ts';
import { aDraft, aSentFiling, createTestPortal, QUARTER, type TestPortal } from '../../test/portal.ts';
import { endDelegationsOf, endExpired } from './end-delegations.ts';

let portal: TestPortal;
let accountant: Client;
let head: Client;

beforeAll(async () => {
  portal = await createTestPortal();
  accountant = await portal.login('accountant');
  head = await portal.login('head');
});
beforeEach(async () => {
  await head(endpoints.endDelegation, {});
  await portal.query('delete from login_attempt', []);
});
afterAll(() => portal.close());

const refusal = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.then(
    () => new Error('not refused'),
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw error;
};
const grant = (terms: Partial<DelegationTerms> = {}, options: { pin?: string; key?: string } = {}) =>
  delegate(head, { ...openTerms(portal.clock.now()), ...terms }, options);
const rows = async <Row extends Record<string, unknown>>(sql: string, values: unknown[] = []) =>
  (await portal.query<Row>(sql, values)).rows;
const lastAct = async (act: string) =>
  (
    await rows<{ data: string; actor_name: string; on_behalf_of: string; address: string }>(
      'select data, actor_name, on_behalf_of, address from audit_event where act = $1 order by chain, seq desc limit 1',
      [act],
    )
  )[0];
const current = async () => (await head(endpoints.getDelegation, {})).current;

describe('granting', () => {
  it('signs the very record to which it seals the key', async () => {
    const view = await grant({ forms: ['gns/sti-091', 'gns/sti-091'], taxCeiling: 6_700 });
    expect(view).toMatchObject({
      obstacle: null,
      delegate: 'Осмонова Айгүл Сатыбалдыевна',
      current: { uses: 0, lastUses: [], terms: { forms: ['gns/sti-091'], taxCeiling: 6_700 } },
      lastEnd: null,
    });
    const [row] = await rows<{ record: Buffer; signature: Buffer }>(
      'select record, signature from delegation where ended_at is null',
    );
    if (!row) throw new Error('nothing kept');
    expect(parseDelegation(row.record)).toMatchObject({
      ok: true,
      value: { delegationId: view.current?.id, companyInn: '01503201810015' },
    });
    const report = await verifySignedData({
      cms: row.signature,
      content: row.record,
      trustAnchors: [portal.ctx.operator.root],
      timestamps: { trustAnchors: [portal.ctx.operator.root], intermediates: [] },
      at: portal.clock.now(),
      required: { roles: ['head'], companyInn: '01503201810015' },
    });
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(JSON.parse((await lastAct('delegation.granted'))?.data ?? '')).toMatchObject({
      forms: ['gns/sti-091'],
      taxCeiling: 6_700,
    });
  });

  it.each<[string, Partial<DelegationTerms>, string]>([
    ['an end in the past', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt: in_the_past'],
    ['an end after the certificate', { expiresAt: '2099-01-01T00:00:00Z' }, 'expiresAt: beyond_certificate'],
    ['a form nobody knows', { forms: ['gns/sti-999'] }, 'forms: unknown_form'],
    [
      'a period that ends before it begins',
      { periodFrom: '2026-07-01', periodTo: '2026-06-30' },
      'periodTo: reversed',
    ],
    ['a negative ceiling', { taxCeiling: -1 }, 'taxCeiling: negative'],
  ])('refuses %s', async (_, terms, expected) => {
    const { code, problem } = await refusal(grant(terms));
    // The data of this code is a list of problems.
    const { problems } = { problems: [], ...problem?.data } as { problems: { path: string; code: string }[] };
    expect([code, problems.map((one) => `${one.path}: ${one.code}`)]).toEqual([
      'delegation.bad_terms',
      [expected],
    ]);
    expect(await current()).toBeNull();
  });

  it('counts wrong PINs with those of the login, and stops with them', async () => {
    const left: unknown[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1)
      left.push((await refusal(grant({}, { pin: '000000' }))).problem?.data['attemptsLeft']);
    expect(left).toEqual([4, 3, 2, 1]);
    const login = portal.anonymous()(endpoints.loginCloud, {
      body: { inn: '01503201810015', role: 'head', pin: '000000' },
    });
    expect((await refusal(login)).problem).toMatchObject({
      code: 'login.refused',
      data: { attemptsLeft: 0 },
    });
    expect((await refusal(grant())).code).toBe('pin.paused');
    expect(await current()).toBeNull();
    expect(JSON.parse((await lastAct('pin.refused'))?.data ?? '')).toEqual({
      purpose: 'delegation',
      reason: 'paused',
    });
  });

  it('is refused for a key on a token, and where nobody is there to delegate to', async () => {
    const setCredential = (role: string, change: string) =>
      portal.query(
        `update credential set ${change} where officer_id = (select o.id from officer o join company c on c.id = o.company_id
          where c.inn = '01503201810015' and o.role = $1)`,
        [role],
      );
    await setCredential('head', "carrier = 'token'");
    expect((await refusal(grant())).code).toBe('delegation.token_key');
    expect((await head(endpoints.getDelegation, {})).obstacle).toBe('token_key');
    await setCredential('head', "carrier = 'cloud'");
    await setCredential('accountant', "state = 'revoked'");
    expect((await refusal(grant())).code).toBe('delegation.no_accountant');
    expect((await head(endpoints.getDelegation, {})).obstacle).toBe('no_accountant');
    await setCredential('accountant', "state = 'active'");
  });

  it('is done once for one key, and the later of two takes the place of the earlier', async () => {
    const terms = openTerms(portal.clock.now());
    const key = randomUUID();
    const [first, again] = await Promise.all([
      delegate(head, terms, { key }),
      delegate(head, terms, { key }),
    ]);
    expect(again.current?.id).toBe(first.current?.id);
    expect((await refusal(grant({ taxCeiling: 1 }, { key }))).code).toBe('idempotency.key_reused');
    const both = await Promise.all([grant({ taxCeiling: 1 }), grant({ taxCeiling: 2 })]);
    expect(new Set(both.map((view) => view.current?.id)).size).toBeGreaterThan(0);
    const ends = await rows<{ ended_why: string | null; kept: boolean }>(
      'select ended_why, sealed_key is not null as kept from delegation order by id desc limit 3',
    );
    expect(ends.filter(({ ended_why }) => ended_why === null)).toHaveLength(1);
    expect(ends.filter(({ kept }) => kept)).toHaveLength(1);
    // A repeat that comes late does not bring back what has been taken away.
    await head(endpoints.endDelegation, {});
    await delegate(head, terms, { key });
    expect(await current()).toBeNull();
  });
});

describe('sending under a delegation', () => {
  it('signs for the head too, is postmarked at once, and tells who did it', async () => {
    const { current: granted } = await grant({ forms: ['gns/sti-091'], taxCeiling: 6_700 });
    const filing = await aSentFiling(accountant);
    expect(filing).toMatchObject({ delivery: 'queued', notOnBehalf: null });
    const delegates = Object.fromEntries(filing.signatures.map(({ role, delegate: by }) => [role, by]));
    expect(delegates).toEqual({ accountant: null, head: 'Осмонова Айгүл Сатыбалдыевна' });
    const { events } = await head(endpoints.getFiling, { params: { id: filing.id } });
    expect(events.map(({ event, to, by, note }) => [event, to, by?.role, note])).toEqual([
      ['create', 'draft', 'accountant', null],
      ['sign_on_behalf', 'draft', 'accountant', 'Асанов Бакыт Темирович'],
      ['postmark', 'queued', 'accountant', null],
    ]);
    const use = {
      delegate: 'Осмонова Айгүл Сатыбалдыевна',
      taxDue: 6_700,
      filing: { id: filing.id, number: filing.number, formId: 'gns/sti-091/9', period: QUARTER },
    };
    expect(await current()).toMatchObject({ id: granted?.id, uses: 1, lastUses: [use] });
    expect((await head(endpoints.listDelegationUses, { query: {} })).uses[0]).toMatchObject(use);
    expect(await lastAct('signature.made_on_behalf')).toMatchObject({
      actor_name: 'Осмонова Айгүл Сатыбалдыевна',
      address: '127.0.0.1',
    });
  });

  it('leaves the evidence: the record, its signature, and a claimed role that names both', async () => {
    await grant();
    const filing = await aSentFiling(accountant);
    const [row] = await rows<{ json: Buffer; record: Buffer; cms: Buffer; xml: Buffer; certificate: Buffer }>(
      `select d.json, g.record, c.bytes as cms, x.bytes as xml, s.certificate
         from filing f join filing_document d on d.filing_id = f.id and d.kind = 'delegation'
         join filing_signature s on s.filing_id = f.id and s.role = 'accountant'
         join delegation_use u on u.filing_id = f.id join delegation g on g.id = u.delegation_id
         join content c on c.sha256 = f.signature_sha256 join content x on x.sha256 = f.report_sha256
        where f.id = $1`,
      [filing.id],
    );
    if (!row) throw new Error('no evidence');
    expect(row.json.equals(row.record)).toBe(true);
    const report = await verifySignedData({
      cms: row.cms,
      content: row.xml,
      trustAnchors: [portal.ctx.operator.root],
      timestamps: { trustAnchors: [portal.ctx.operator.root], intermediates: [] },
      at: portal.clock.now(),
      required: { roles: ['head', 'accountant'], companyInn: '01503201810015' },
    });
    expect(report.indication).toBe('TOTAL-PASSED');
    const claim = writeDelegationClaim({
      delegationSha256: createHash('sha256').update(row.record).digest('hex'),
      delegateCertificateSha256: readCertificate(row.certificate).sha256,
    });
    expect(row.cms.toString('latin1').split(claim)).toHaveLength(2);
  });

  it('lists every use from newest to oldest, in pages without gap or repeat, also of what has ended', async () => {
    await grant();
    for (let count = 0; count < 3; count += 1) await aSentFiling(accountant);
    await head(endpoints.endDelegation, {});
    const all = await head(endpoints.listDelegationUses, { query: { limit: 100 } });
    const paged: string[] = [];
    let before: string | undefined;
    do {
      const query = { limit: 2, ...(before ? { before } : {}) };
      const page = await head(endpoints.listDelegationUses, { query });
      paged.push(...page.uses.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before);
    expect(paged.length).toBeGreaterThanOrEqual(3);
    expect(paged).toEqual(all.uses.map(({ id }) => id));
    expect(paged).toEqual([...new Set(paged)].sort().reverse());
  });

  it('sent twice with one key is one use', async () => {
    await grant();
    const draft = await aDraft(accountant);
    const send = { params: { id: draft.id }, body: { version: draft.version }, idempotencyKey: randomUUID() };
    const sent = await Promise.all([
      accountant(endpoints.sendFiling, send),
      accountant(endpoints.sendFiling, send),
      accountant(endpoints.sendFiling, send),
    ]);
    expect(sent.map(({ delivery }) => delivery)).toEqual(['queued', 'queued', 'queued']);
    expect((await current())?.uses).toBe(1);
  });

  it.each<[string, Partial<DelegationTerms>, Filing['notOnBehalf']]>([
    ['the tax is above the ceiling', { taxCeiling: 6_699 }, 'tax_ceiling'],
    ['the period is an earlier one', { periodFrom: '2026-07-02' }, 'period'],
    ['the period is a later one', { periodTo: '2026-09-29' }, 'period'],
  ])('waits for the head, and says why, when %s', async (_, terms, why) => {
    await grant(terms);
    const draft = await aDraft(accountant);
    const { onBehalf } = await accountant(endpoints.checkFiling, { params: { id: draft.id } });
    expect(onBehalf).toEqual({ head: 'Асанов Бакыт Темирович', not: why });
    const filing = await aSentFiling(accountant);
    expect(filing).toMatchObject({ delivery: 'awaiting_head', notOnBehalf: why });
    expect(filing.signatures).toHaveLength(1);
    expect(await current()).toMatchObject({ uses: 0 });
  });

  it('is foretold before sending; not for the head, and not where nothing is delegated', async () => {
    const foretell = async (call: Client) => {
      const draft = await aDraft(call);
      return (await call(endpoints.checkFiling, { params: { id: draft.id } })).onBehalf;
    };
    expect(await foretell(accountant)).toBeNull();
    await grant();
    expect(await foretell(accountant)).toEqual({ head: 'Асанов Бакыт Темирович', not: null });
    expect(await foretell(head)).toBeNull();
  });

  it('does not sign for the head what the head sends, nor for another company', async () => {
    await grant();
    expect((await aSentFiling(head)).delivery).toBe('awaiting_accountant');
    expect((await aSentFiling(await portal.login('accountant', 1))).delivery).toBe('awaiting_head');
    const stranger = await portal.login('head', 1);
    expect((await stranger(endpoints.getDelegation, {})).current).toBeNull();
    await aSentFiling(accountant);
    expect(await stranger(endpoints.listDelegationUses, { query: {} })).toEqual({ uses: [], next: null });
  });
});

describe('the end of a delegation', () => {
  const credentialOf = async (role: string): Promise<string> => {
    const [row] = await rows<{ id: string }>(
      `select cr.id from credential cr join officer o on o.id = cr.officer_id join company c on c.id = o.company_id
        where c.inn = '01503201810015' and o.role = $1`,
      [role],
    );
    return row?.id ?? '';
  };

  it('by the head is there with the reply', async () => {
    await grant();
    await head(endpoints.endDelegation, {});
    expect((await aSentFiling(accountant)).delivery).toBe('awaiting_head');
    expect(await head(endpoints.getDelegation, {})).toMatchObject({
      current: null,
      lastEnd: { why: 'taken_away' },
    });
    expect(JSON.parse((await lastAct('delegation.ended'))?.data ?? '')).toEqual({ why: 'taken_away' });
  });

  it.each(['head', 'accountant'])('comes with the end of the credential of the %s', async (role) => {
    await grant();
    const credentialId = await credentialOf(role);
    const ended = await inTransaction(portal.ctx.db, (tx) =>
      endDelegationsOf(tx, credentialId, { at: portal.clock.now(), why: 'certificate_revoked' }),
    );
    expect(ended).toHaveLength(1);
    expect((await head(endpoints.getDelegation, {})).lastEnd?.why).toBe('certificate_revoked');
    expect((await aSentFiling(accountant)).delivery).toBe('awaiting_head');
  });

  it('comes with another PIN of the head, not with one of the accountant', async () => {
    await grant();
    const change = (credentialId: string) =>
      inTransaction(portal.ctx.db, (tx) =>
        endDelegationsOf(tx, credentialId, { at: portal.clock.now(), why: 'pin_changed' }),
      );
    expect(await change(await credentialOf('accountant'))).toEqual([]);
    expect(await change(await credentialOf('head'))).toHaveLength(1);
    expect(await current()).toBeNull();
  });

  it('comes with its time, to the millisecond, and the key is deleted', async () => {
    // Time only goes forward: our timestamps refuse a clock that was set back.
    const inAMinute = () => portal.clock.now().add({ minutes: 1 }).round('millisecond');
    const expiresAt = inAMinute();
    await grant({ expiresAt: expiresAt.toString() });
    portal.clock.set(expiresAt.subtract({ milliseconds: 1 }));
    expect((await aSentFiling(accountant)).delivery).toBe('queued');
    portal.clock.set(expiresAt);
    expect(await current()).toBeNull();
    expect(await aSentFiling(accountant)).toMatchObject({
      delivery: 'awaiting_head',
      notOnBehalf: 'expired',
    });
    const second = inAMinute();
    await grant({ expiresAt: second.toString() });
    portal.clock.set(second);
    await endExpired(portal.ctx);
    expect(await rows('select 1 from delegation where sealed_key is not null')).toEqual([]);
    expect((await lastAct('delegation.ended'))?.data).toBe('{"why":"expired"}');
  });

  it('is for ever: nobody writes over an ended one', async () => {
    await grant();
    await head(endpoints.endDelegation, {});
    const revive = portal.query(
      "update delegation set ended_at = null, ended_why = null, sealed_key = '' where ended_why = 'taken_away'",
      [],
    );
    await expect(revive).rejects.toThrow(/has ended/);
    await expect(portal.query('delete from delegation', [])).rejects.toThrow('delegation is append-only');
  });
});
