import { ApiError, endpoints, type Client } from '@sochi/contract';
import {
  parsePostmark,
  readCertificate,
  readCrl,
  readOcspResponse,
  verifySignedData,
  type RevocationSources,
} from '@sochi/signature';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  aDraft,
  aQueuedFiling,
  aSentFiling,
  createTestPortal,
  QUARTER,
  STI_091_VECTOR,
  type TestPortal,
} from '../../test/portal.ts';
import { getContent } from './queries.ts';

let portal: TestPortal;
let accountant: Client;
let head: Client;

beforeAll(async () => {
  portal = await createTestPortal();
  accountant = await portal.login('accountant');
  head = await portal.login('head');
});
afterAll(() => portal.close());

const codeOf = async (promise: Promise<unknown>): Promise<string> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof ApiError ? error.code : `no refusal: ${String(error)}`;
};
const key = () => ({ idempotencyKey: randomUUID() });

describe('a draft', () => {
  it('keeps what was typed, readable or not', async () => {
    const draft = await aDraft(accountant, {
      cells: { '053': '12 a', '054': '4' },
      tables: { ADV_CUR: [], ADV_PREV: [] },
    });
    const found = await head(endpoints.getFiling, { params: { id: draft.id } });
    expect(found.answers.cells['053']).toBe('12 a');
    expect(found.actions).toEqual(['edit', 'discard', 'send']);
  });

  it('is not overwritten unseen by a second window', async () => {
    const draft = await aDraft(accountant);
    const save = (version: number) =>
      accountant(endpoints.saveDraft, {
        params: { id: draft.id },
        body: { version, answers: STI_091_VECTOR },
      });
    await save(draft.version);
    expect(await codeOf(save(draft.version))).toBe('draft.changed_elsewhere');
  });

  it('refuses cells the form does not have and values that are too long', async () => {
    const draft = await aDraft(accountant);
    const save = (cells: Record<string, string>) =>
      accountant(endpoints.saveDraft, {
        params: { id: draft.id },
        body: { version: draft.version, answers: { cells, tables: {} } },
      });
    expect(await codeOf(save({ '999': '1' }))).toBe('draft.invalid_answers');
    expect(await codeOf(save({ '053': '9'.repeat(1000) }))).toBe('draft.invalid_answers');
  });

  it.each([
    ['half a quarter', { from: '2026-07-01', to: '2026-08-15' }],
    ['a month', { from: '2026-07-01', to: '2026-07-31' }],
    ['the future', { from: '2031-01-01', to: '2031-03-31' }],
  ])('cannot be made for %s', async (_, period) => {
    const body = { formId: 'gns/sti-091/9', period, kind: 'initial' } as const;
    expect(await codeOf(accountant(endpoints.createFiling, { body, ...key() }))).toBe(
      'filing.period_invalid',
    );
  });

  it('is made once for one key', async () => {
    const input = { body: { formId: 'gns/sti-091/9', period: QUARTER, kind: 'initial' as const }, ...key() };
    const [first, second] = await Promise.all([
      accountant(endpoints.createFiling, input),
      accountant(endpoints.createFiling, input),
    ]);
    expect(second.id).toBe(first.id);
  });

  it('is refused for a key that made another one', async () => {
    const same = key();
    const create = (period: { from: string; to: string }) =>
      accountant(endpoints.createFiling, {
        body: { formId: 'gns/sti-091/9', period, kind: 'initial' },
        ...same,
      });
    await create(QUARTER);
    expect(await codeOf(create({ from: '2026-04-01', to: '2026-06-30' }))).toBe('idempotency.key_reused');
  });

  it('refuses a version no draft can have', async () => {
    const draft = await aDraft(accountant);
    const save = accountant(endpoints.saveDraft, {
      params: { id: draft.id },
      body: { version: 2_147_483_648, answers: STI_091_VECTOR },
    });
    expect(await codeOf(save)).toBe('request.invalid');
  });

  it('can be thrown away, and only while it is a draft', async () => {
    const draft = await aDraft(accountant);
    await accountant(endpoints.discardDraft, { params: { id: draft.id } });
    expect(await codeOf(accountant(endpoints.getFiling, { params: { id: draft.id } }))).toBe(
      'filing.not_found',
    );
    const sent = await aSentFiling(accountant);
    expect(await codeOf(accountant(endpoints.discardDraft, { params: { id: sent.id } }))).toBe(
      'filing.not_editable',
    );
  });

  it('is checked as sending would', async () => {
    const draft = await aDraft(accountant);
    const { cells, findings } = await accountant(endpoints.checkFiling, { params: { id: draft.id } });
    expect(cells).toMatchObject({ '186': '2100', '187': '67' });
    expect(findings.filter(({ severity }) => severity === 'E')).toEqual([]);
  });
});

describe('sending', () => {
  it('is refused while a check blocks', async () => {
    const draft = await aDraft(accountant, {
      cells: { '053': '-5', '054': '4' },
      tables: { ADV_CUR: [], ADV_PREV: [] },
    });
    const send = accountant(endpoints.sendFiling, {
      params: { id: draft.id },
      body: { version: draft.version },
      ...key(),
    });
    expect(await codeOf(send)).toBe('filing.has_errors');
  });

  it('waits for the other officer, whoever sends', async () => {
    expect((await aSentFiling(accountant)).delivery).toBe('awaiting_head');
    expect((await aSentFiling(head)).delivery).toBe('awaiting_accountant');
  });

  it('twice with one key is once, and with another key is refused', async () => {
    const draft = await aDraft(accountant);
    const input = { params: { id: draft.id }, body: { version: draft.version } };
    const same = key();
    const [first, second] = await Promise.all([
      accountant(endpoints.sendFiling, { ...input, ...same }),
      accountant(endpoints.sendFiling, { ...input, ...same }),
    ]);
    expect([first.delivery, second.delivery]).toEqual(['awaiting_head', 'awaiting_head']);
    expect(first.signatures).toHaveLength(1);
    expect(await codeOf(accountant(endpoints.sendFiling, { ...input, ...key() }))).toBe(
      'filing.already_sent',
    );
  });

  it('refuses a version that another window has replaced', async () => {
    const draft = await aDraft(accountant);
    await accountant(endpoints.saveDraft, {
      params: { id: draft.id },
      body: { version: draft.version, answers: STI_091_VECTOR },
    });
    const send = accountant(endpoints.sendFiling, {
      params: { id: draft.id },
      body: { version: draft.version },
      ...key(),
    });
    expect(await codeOf(send)).toBe('draft.changed_elsewhere');
  });
});

/** What was kept of revocation when a filing was postmarked. */
const revocationOf = async (filingId: string): Promise<RevocationSources> => {
  const { rows } = await portal.query<{ file: string; bytes: Buffer }>(
    `select file, bytes from filing_revocation join content on sha256 = content_sha256
      where filing_id = $1 and document = 'postmark' order by file`,
    [filingId],
  );
  const ending = (suffix: string) =>
    rows.filter(({ file }) => file.endsWith(suffix)).map(({ bytes }) => bytes);
  return { crls: ending('.crl').map(readCrl), ocspResponses: ending('.ocsp').map(readOcspResponse) };
};

describe('signing', () => {
  it('keeps nothing that was signed in a session which ended meanwhile', async () => {
    const call = await portal.login('accountant');
    const draft = await aDraft(call);
    const { timestamps } = portal.ctx;
    portal.ctx.timestamps = {
      take: async (data) => {
        await call(endpoints.logout, {});
        return timestamps.take(data);
      },
    };
    const sending = call(endpoints.sendFiling, {
      params: { id: draft.id },
      body: { version: draft.version },
      ...key(),
    });
    expect(await codeOf(sending)).toBe('session.expired');
    portal.ctx.timestamps = timestamps;
    const again = await portal.login('accountant');
    expect((await again(endpoints.getFiling, { params: { id: draft.id } })).delivery).toBe('draft');
  });

  it('postmarks and queues with both signatures over the exact bytes', async () => {
    const filing = await aQueuedFiling(portal);
    expect(filing).toMatchObject({ delivery: 'queued', check: null });
    expect(filing.signatures.map(({ role }) => role).sort()).toEqual(['accountant', 'head']);
    const row = await portal.ctx.db
      .selectFrom('filing')
      .selectAll()
      .where('id', '=', filing.id)
      .executeTakeFirstOrThrow();
    if (!row.report_sha256 || !row.signature_sha256) throw new Error('no bytes');
    const content = await getContent(portal.ctx.db, row.report_sha256);
    const { operator } = portal.ctx;
    const report = await verifySignedData({
      cms: await getContent(portal.ctx.db, row.signature_sha256),
      content,
      trustAnchors: [operator.root],
      timestamps: { trustAnchors: [operator.root], intermediates: [], required: true },
      revocation: { ...(await revocationOf(filing.id)), required: true },
      at: portal.clock.now(),
      required: { roles: ['head', 'accountant'], companyInn: '01503201810015' },
    });
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(content.toString('utf8')).toContain('<STI091X187>67</STI091X187>');
  });

  it('makes a postmark that says so', async () => {
    const filing = await aQueuedFiling(portal);
    const document = await portal.ctx.db
      .selectFrom('filing_document')
      .selectAll()
      .where('filing_id', '=', filing.id)
      .executeTakeFirstOrThrow();
    const postmark = parsePostmark(document.json);
    if (!postmark.ok) throw new Error('unreadable postmark');
    expect(postmark.value).toMatchObject({
      receiptNumber: filing.number,
      reportSha256: filing.reportSha256,
      form: 'gns/sti-091/9',
    });
    expect(postmark.value.postmarkedAt.toString()).toBe(filing.postmarkedAt);
    const certificates = await portal.ctx.db
      .selectFrom('filing_signature')
      .select(['role', 'certificate'])
      .where('filing_id', '=', filing.id)
      .execute();
    for (const { role, certificate } of certificates) {
      expect(postmark.value.signers[role === 'head' ? 'head' : 'accountant']).toBe(
        readCertificate(certificate).sha256,
      );
    }
  });

  it('refuses other bytes than were shown, the wrong officer, and a second time', async () => {
    const sent = await aSentFiling(accountant);
    const sign = (call: Client, reportSha256: string) =>
      call(endpoints.signFiling, { params: { id: sent.id }, body: { reportSha256 }, ...key() });
    expect(await codeOf(sign(head, 'ab'.repeat(32)))).toBe('filing.report_changed');
    expect(await codeOf(sign(accountant, sent.reportSha256 ?? ''))).toBe('filing.signature_not_expected');
    await sign(head, sent.reportSha256 ?? '');
    expect(await codeOf(sign(head, sent.reportSha256 ?? ''))).toBe('filing.signature_not_expected');
  });

  it('in two windows at once signs once', async () => {
    const sent = await aSentFiling(accountant);
    const sign = () =>
      head(endpoints.signFiling, {
        params: { id: sent.id },
        body: { reportSha256: sent.reportSha256 ?? '' },
        ...key(),
      });
    const results = await Promise.allSettled([sign(), sign(), sign()]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const jobs = await portal.ctx.db
      .selectFrom('filing_document')
      .select('kind')
      .where('filing_id', '=', sent.id)
      .execute();
    expect(jobs).toHaveLength(1);
  });

  it('puts exactly one delivery job into the queue', async () => {
    const filing = await aQueuedFiling(portal);
    const { rows } = await portal.query<{ count: string }>(
      `select count(*) from pgboss.job where name = 'deliver-gns' and data->>'filingId' = $1`,
      [filing.id],
    );
    expect(rows[0]?.count).toBe('1');
  });
});

describe('the record', () => {
  it('never lets a moment or an event be rewritten', async () => {
    const filing = await aQueuedFiling(portal);
    await expect(
      portal.query(`update filing set postmarked_at = now() where id = $1`, [filing.id]),
    ).rejects.toThrow(/rewritten/);
    await expect(portal.query(`delete from filing_event where filing_id = $1`, [filing.id])).rejects.toThrow(
      /append-only/,
    );
    await expect(
      portal.query(`update filing_document set json = '' where filing_id = $1`, [filing.id]),
    ).rejects.toThrow(/append-only/);
  });

  it('pages the archive from newest to oldest without gap or repeat', async () => {
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await head(endpoints.listFilings, {
        query: { list: 'archive', limit: 2, ...(before ? { before } : {}) },
      });
      seen.push(...page.filings.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before);
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
    const all = await head(endpoints.listFilings, { query: { list: 'archive', limit: 100 } });
    expect(seen).toEqual(all.filings.map(({ id }) => id));
  });
});
