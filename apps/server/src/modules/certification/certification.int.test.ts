import { ApiError, endpoints } from '@sochi/contract';
import { generateP256KeyPair, readCertificate } from '@sochi/signature';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '../../app-error.ts';
import { DEMO_COMPANIES } from '../../demo/companies.ts';
import { aCentreOfficer } from '../../test/a-centre-officer.ts';
import { aCertifiedCompany } from '../../test/a-certified-company.ts';
import { aRequest } from '../../test/a-request.ts';
import { createTestPortal, type TestPortal } from '../../test/portal.ts';
import { waitUntil } from '../../test/wait-until.ts';
import { holdActiveCredential } from '#modules/sessions/index.ts';
import { resume, revoke, suspend } from './commands/change-state.ts';
import { issueForCredential } from './commands/issue-for-credential.ts';
import { issueFromRequest } from './commands/issue-from-request.ts';
import { renew } from './commands/renew.ts';
import { readCertificateDetail, readCertificates } from './read-certificates.ts';
import type { Basis } from './record-certificate.ts';

let portal: TestPortal;
let basis: () => Basis;
beforeAll(async () => {
  portal = await createTestPortal();
  ({ basis } = await aCentreOfficer(portal.ctx));
});
afterAll(() => portal.close());

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'not refused',
    (error: unknown) => {
      if (isAppError(error)) return error.code;
      if (error instanceof ApiError) return error.code;
      throw error;
    },
  );

const aCompany = () => aCertifiedCompany(portal, basis());

const credentialState = async (certificateId: string): Promise<unknown> => {
  const { rows } = await portal.query(
    'select c.state from credential c join issued_certificate i on i.credential_id = c.id where i.id = $1',
    [certificateId],
  );
  return rows[0]?.['state'];
};

describe('issuing', () => {
  it('kept its acts: who, when, on what documents', async () => {
    const { head } = await aCompany();
    const detail = await readCertificateDetail(portal.ctx, head);
    expect(detail.acts).toMatchObject([
      { act: 'issue', reason: null, documents: [{ kind: 'application' }, { kind: 'passport_copy' }] },
    ]);
    expect(detail.acts[0]?.officer).toMatch(/^Сотрудник/);
    const { rows } = await portal.query(
      `select count(*)::int as n from audit_event where act = 'certificate.issued' and subject_id = $1`,
      [head],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('gives a token its certificate by a request, for exactly twelve months of the calendar', async () => {
    const { inn } = await aCompany();
    const request = await aRequest();
    const before = portal.clock.now();
    portal.clock.set(Temporal.ZonedDateTime.from('2028-02-29T11:00:24.700[Asia/Bishkek]').toInstant());
    const id = await issueFromRequest(portal.ctx, basis(), {
      holder: { kind: 'officer', inn, role: 'accountant' },
      request,
    });
    portal.clock.set(before);
    const detail = await readCertificateDetail(portal.ctx, id);
    expect(detail).toMatchObject({
      validFrom: '2028-02-29T05:00:24Z',
      validTo: '2029-02-28T05:00:24Z',
      profile: 'accountant',
      subject: { companyInn: inn },
    });
    const { rows } = await portal.query(
      'select c.carrier, c.sealed_key from credential c join issued_certificate i on i.credential_id = c.id where i.id = $1',
      [id],
    );
    expect(rows).toEqual([{ carrier: 'token', sealed_key: null }]);
  });

  it('certifies a person for several companies, and an agency', async () => {
    const complex = await issueFromRequest(portal.ctx, basis(), {
      holder: { kind: 'complex', fullName: 'Асанов Асан', personalInn: '20101199000123' },
      request: await aRequest(),
    });
    expect(await readCertificateDetail(portal.ctx, complex)).toMatchObject({
      profile: 'complex',
      subject: { commonName: 'Асанов Асан', personalInn: '20101199000123' },
    });
    const agency = await issueFromRequest(portal.ctx, basis(), {
      holder: { kind: 'agency', name: 'Соцфонд', organization: 'Социальный фонд' },
      request: await aRequest(),
    });
    expect((await readCertificateDetail(portal.ctx, agency)).profile).toBe('agency');
  });

  it('refuses without documents, an unknown officer, and a second signature in the cloud', async () => {
    const { inn } = await aCompany();
    const input = { inn, role: 'head', pin: '246802' } as const;
    const empty = { ...basis(), documents: [] };
    expect(await codeOf(issueForCredential(portal.ctx, empty, input))).toBe('certificate.documents_required');
    const nobody = { ...input, inn: '01503201819999' };
    expect(await codeOf(issueForCredential(portal.ctx, basis(), nobody))).toBe('certificate.holder_unknown');
    expect(await codeOf(issueForCredential(portal.ctx, basis(), input))).toBe('certificate.exists_already');
  });

  it('issues anew after a revocation, with the new PIN alone', async () => {
    const { inn, head, login } = await aCompany();
    await revoke(portal.ctx, basis(), { id: head, reason: 'keyCompromise' });
    await issueForCredential(portal.ctx, basis(), { inn, role: 'head', pin: '246802' });
    expect((await login('head', '246802')).officer.role).toBe('head');
    expect(await codeOf(login('head'))).toBe('login.refused');
  });

  it('issues once when it is asked twice at once with the same key', async () => {
    const { inn } = await aCompany();
    const same = basis();
    const order = { holder: { kind: 'officer', inn, role: 'head' } as const, request: await aRequest() };
    const ids = await Promise.all([1, 2, 3].map(() => issueFromRequest(portal.ctx, same, order)));
    expect(new Set(ids).size).toBe(1);
    expect(await codeOf(suspend(portal.ctx, same, ids[0] ?? ''))).toBe('idempotency.key_reused');
  });

  it('lets no two holders have one key, also when both ask at once', async () => {
    const [one, two] = [await aCompany(), await aCompany()];
    const request = await aRequest();
    const ask = ({ inn }: { inn: string }) =>
      codeOf(
        issueFromRequest(portal.ctx, basis(), { holder: { kind: 'officer', inn, role: 'head' }, request }),
      );
    expect((await Promise.all([ask(one), ask(two)])).toSorted()).toEqual([
      'certification_request.key_foreign',
      'not refused',
    ]);
  });

  it('never certifies a compromised key again', async () => {
    const { inn } = await aCompany();
    const key = await generateP256KeyPair();
    const order = async () => ({
      holder: { kind: 'officer', inn, role: 'head' } as const,
      request: await aRequest(key),
    });
    const id = await issueFromRequest(portal.ctx, basis(), await order());
    await revoke(portal.ctx, basis(), { id, reason: 'keyCompromise' });
    expect(await codeOf(issueFromRequest(portal.ctx, basis(), await order()))).toBe(
      'certification_request.key_foreign',
    );
  });
});

describe('renewing', () => {
  it('gives a successor for the same key; the old one stays valid, whoever is logged in stays so', async () => {
    const { head, login, officers } = await aCompany();
    const old = await readCertificateDetail(portal.ctx, head);
    const before = portal.clock.now();
    portal.clock.advance({ hours: 24 * 340 });
    const id = await renew(portal.ctx, basis(), { id: head, key: 'same' });
    const renewedAt = portal.clock.now();
    portal.clock.set(before);
    const successor = await readCertificateDetail(portal.ctx, id);
    expect(successor).toMatchObject({ replaces: head, state: 'active', subject: old.subject });
    expect(
      readCertificate(derOf(successor.pem)).publicKey.equals(readCertificate(derOf(old.pem)).publicKey),
    ).toBe(true);
    const term = renewedAt.round({ smallestUnit: 'second', roundingMode: 'trunc' });
    expect(successor.validTo).toBe(
      term.toZonedDateTimeISO('Asia/Bishkek').add({ years: 1 }).toInstant().toString(),
    );
    expect((await readCertificateDetail(portal.ctx, head)).state).toBe('active');
    expect(officers.length).toBe(2);
    expect((await login('head')).credential).toEqual({
      validTo: successor.validTo,
      serial: successor.serial,
    });
    expect(await codeOf(renew(portal.ctx, basis(), { id: head, key: 'same' }))).toBe(
      'certificate.replaced_already',
    );
  });

  it('brings an ended signature back to life', async () => {
    const { head, login } = await aCompany();
    const before = portal.clock.now();
    portal.clock.advance({ hours: 24 * 366 });
    expect(await codeOf(login('head'))).toBe('login.certificate_expired');
    await renew(portal.ctx, basis(), { id: head, key: 'same' });
    expect((await login('head')).officer.role).toBe('head');
    portal.clock.set(before);
  });

  it('with a new key in the cloud takes the new PIN alone, and logs everybody out', async () => {
    const { head, inn, officers, login } = await aCompany();
    const call = portal.anonymous();
    const pin = officers.find(({ role }) => role === 'head')?.pin ?? '';
    await call(endpoints.loginCloud, { body: { inn, role: 'head', pin } });
    await renew(portal.ctx, basis(), { id: head, key: { pin: '246802' } });
    expect(await codeOf(call(endpoints.getSession, {}))).toBe('session.expired');
    expect(await codeOf(login('head'))).toBe('login.refused');
    expect((await login('head', '246802')).officer.role).toBe('head');
  });

  it('keeps a key where it is: no request for one in the cloud', async () => {
    const { head } = await aCompany();
    const request = await aRequest();
    expect(await codeOf(renew(portal.ctx, basis(), { id: head, key: { request } }))).toBe(
      'certificate.other_carrier',
    );
  });

  it('has one successor when two renew at once', async () => {
    const { head } = await aCompany();
    const codes = await Promise.all(
      [1, 2, 3].map(() => codeOf(renew(portal.ctx, basis(), { id: head, key: 'same' }))),
    );
    expect(codes.filter((code) => code === 'not refused')).toHaveLength(1);
    expect(codes.filter((code) => code === 'certificate.replaced_already')).toHaveLength(2);
  });
});

const derOf = (pem: string): Uint8Array =>
  Buffer.from(pem.slice(0, pem.indexOf('-----END')).replace(/-----[^-]+-----/, ''), 'base64');

describe('suspending and revoking', () => {
  it('ends sessions at once, and the next request finds none', async () => {
    const { head, inn, officers, login } = await aCompany();
    const call = portal.anonymous();
    const pin = officers.find(({ role }) => role === 'head')?.pin ?? '';
    await call(endpoints.loginCloud, { body: { inn, role: 'head', pin } });
    await suspend(portal.ctx, { ...basis(), documents: [] }, head);
    expect(await codeOf(call(endpoints.getSession, {}))).toBe('session.expired');
    const { rows } = await portal.query(
      'select 1 from session s join issued_certificate i on i.credential_id = s.credential_id where i.id = $1',
      [head],
    );
    expect(rows).toEqual([]);
    expect(await codeOf(login('head'))).toBe('login.refused');
    await resume(portal.ctx, basis(), head);
    expect((await login('head')).officer.role).toBe('head');
    expect(await codeOf(call(endpoints.getSession, {}))).toBe('session.expired');
  });

  it('locks again what was locked before a suspension', async () => {
    const { head } = await aCompany();
    await portal.query(
      `update credential set state = 'locked' where id = (select credential_id from issued_certificate where id = $1)`,
      [head],
    );
    await suspend(portal.ctx, basis(), head);
    expect(await credentialState(head)).toBe('suspended');
    await resume(portal.ctx, basis(), head);
    expect(await credentialState(head)).toBe('locked');
  });

  it('takes the earlier certificates of the signature along', async () => {
    const { head } = await aCompany();
    const successor = await renew(portal.ctx, basis(), { id: head, key: 'same' });
    await revoke(portal.ctx, basis(), { id: successor, reason: 'keyCompromise' });
    for (const id of [head, successor])
      expect(await readCertificateDetail(portal.ctx, id)).toMatchObject({
        state: 'revoked',
        stateReason: 'keyCompromise',
      });
    expect(await credentialState(successor)).toBe('revoked');
  });

  it('leaves the signature alone when only a replaced certificate is revoked', async () => {
    const { head, login } = await aCompany();
    const successor = await renew(portal.ctx, basis(), { id: head, key: 'same' });
    await revoke(portal.ctx, basis(), { id: head, reason: 'superseded' });
    expect((await readCertificateDetail(portal.ctx, successor)).state).toBe('active');
    expect((await login('head')).officer.role).toBe('head');
  });

  it('is for ever, and asks for papers', async () => {
    const { head } = await aCompany();
    const bare = { ...basis(), documents: [] };
    expect(await codeOf(revoke(portal.ctx, bare, { id: head, reason: 'unspecified' }))).toBe(
      'certificate.documents_required',
    );
    await revoke(portal.ctx, basis(), { id: head, reason: 'unspecified' });
    expect(await codeOf(resume(portal.ctx, basis(), head))).toBe('certificate.wrong_state');
    expect(await codeOf(suspend(portal.ctx, basis(), head))).toBe('certificate.wrong_state');
    expect(await codeOf(renew(portal.ctx, basis(), { id: head, key: 'same' }))).toBe(
      'certificate.wrong_state',
    );
    await expect(
      portal.query(
        `update issued_certificate set state = 'active', state_reason = null, state_since = null where id = $1`,
        [head],
      ),
    ).rejects.toThrow('for ever');
  });

  it('does nothing to what has ended, to what does not exist, and to the system’s own', async () => {
    const { head } = await aCompany();
    const before = portal.clock.now();
    portal.clock.advance({ hours: 24 * 366 });
    expect(await codeOf(revoke(portal.ctx, basis(), { id: head, reason: 'unspecified' }))).toBe(
      'certificate.ended',
    );
    portal.clock.set(before);
    expect(await codeOf(suspend(portal.ctx, basis(), randomUUID()))).toBe('certificate.not_found');
    const { certificates } = await readCertificates(portal.ctx, { profile: 'operator' });
    expect(await codeOf(suspend(portal.ctx, basis(), certificates[0]?.id ?? ''))).toBe('certificate.in_use');
  });

  it('does once what is asked twice at once, and again later', async () => {
    const { head } = await aCompany();
    const same = basis();
    expect(await Promise.all([1, 2, 3].map(() => suspend(portal.ctx, same, head)))).toEqual([
      head,
      head,
      head,
    ]);
    expect(await suspend(portal.ctx, same, head)).toBe(head);
    const { acts } = await readCertificateDetail(portal.ctx, head);
    expect(acts.map(({ act }) => act)).toEqual(['issue', 'suspend']);
  });

  it('waits for a signature that is being recorded, and lets none through afterwards', async () => {
    const { head } = await aCompany();
    const { rows } = await portal.query<{ credential_id: string }>(
      'select credential_id from issued_certificate where id = $1',
      [head],
    );
    const credentialId = rows[0]?.credential_id ?? '';
    let isSuspended = false;
    let suspending: Promise<unknown> | undefined;
    await portal.ctx.db.transaction().execute(async (tx) => {
      expect(await holdActiveCredential(tx, credentialId)).toBe(true);
      suspending = suspend(portal.ctx, basis(), head).then(() => {
        isSuspended = true;
      });
      await waitUntil('the suspension waits for the lock', async () => {
        const waiting = await portal.query(
          `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          [],
        );
        return waiting.rows.length > 0;
      });
      expect(isSuspended).toBe(false);
    });
    await suspending;
    await portal.ctx.db.transaction().execute(async (tx) => {
      expect(await holdActiveCredential(tx, credentialId)).toBe(false);
    });
  });
});

it('lists by company, state and serial, a page at a time', async () => {
  const { inn } = DEMO_COMPANIES[0] ?? { inn: '' };
  const all = await readCertificates(portal.ctx, { inn });
  expect(all.certificates.map(({ profile }) => profile).toSorted()).toEqual(['accountant', 'head']);
  const serial = all.certificates[0]?.serial ?? '';
  expect((await readCertificates(portal.ctx, { serial })).certificates).toHaveLength(1);
  const first = await readCertificates(portal.ctx, {});
  expect(first.certificates.length).toBeLessThanOrEqual(50);
  for (const { state } of (await readCertificates(portal.ctx, { state: 'revoked' })).certificates)
    expect(state).toBe('revoked');
});
