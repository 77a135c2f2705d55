import { ApiError, endpoints } from '@sochi/contract';
import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { inTransaction } from '../../db/database.ts';
import { aQueuedFiling, createTestPortal, injectClient, type TestPortal } from '../../test/portal.ts';
import type { AuditEntry } from './audit-event.ts';
import { recordAudit } from './record-audit.ts';
import { verifyTrail } from './verify/verify-trail.ts';

const INN = '01503201810015';
const PIN = '482915';

let portal: TestPortal;
beforeAll(async () => {
  portal = await createTestPortal();
});
afterAll(() => portal.close());

type Row = {
  seq: number;
  act: string;
  actor_kind: string;
  actor_name: string | null;
  address: string | null;
  user_agent: string | null;
  subject_kind: string | null;
  subject_id: string | null;
  data: string;
};
const chainOf = async (inn: string): Promise<string> =>
  (await portal.query<{ id: string }>('select id from company where inn = $1', [inn])).rows[0]?.id ?? '';
const eventsOf = async (chain: string): Promise<Row[]> =>
  (await portal.query<Row>('select * from audit_event where chain = $1 order by seq', [chain])).rows;
const lastOf = async (chain: string): Promise<Row | undefined> => (await eventsOf(chain)).at(-1);
const isWhole = async (): Promise<void> => {
  const problems: unknown[] = [];
  await verifyTrail(portal.ctx.db, { report: (problem) => problems.push(problem) });
  expect(problems).toEqual([]);
};

const entry = (chain: string, change: Partial<AuditEntry> = {}): AuditEntry => ({
  chain,
  act: 'credential.locked',
  actor: { kind: 'system', name: 'test' },
  at: portal.clock.now(),
  ...change,
});
const record = (chain: string, change?: Partial<AuditEntry>): Promise<void> =>
  inTransaction(portal.ctx.db, (tx) => recordAudit(tx, entry(chain, change)));

it('200 acts at once in one chain that nobody has begun make one whole chain, and another chain does not wait', async () => {
  await Promise.all(
    Array.from({ length: 200 }, (_, index) => record(index % 20 === 0 ? 'other' : 'crowded')),
  );
  const { rows } = await portal.query<{ chain: string; events: string; last: string }>(
    `select chain, count(*) as events, max(seq) as last from audit_event where chain in ('crowded', 'other') group by chain order by chain`,
    [],
  );
  expect(rows).toEqual([
    { chain: 'crowded', events: '190', last: '190' },
    { chain: 'other', events: '10', last: '10' },
  ]);
  await isWhole();
});

it('one chain that is held up holds up no other', async () => {
  await inTransaction(portal.ctx.db, async (tx) => {
    await recordAudit(tx, entry('crowded'));
    await record('other');
  });
  await isWhole();
});

it('an act that does not happen leaves no trace and no gap, whether refused or cut off', async () => {
  const before = (await eventsOf('crowded')).length;
  await expect(
    inTransaction(portal.ctx.db, async (tx) => {
      await recordAudit(tx, entry('crowded'));
      throw new Error('changed our mind');
    }),
  ).rejects.toThrow('changed our mind');
  await expect(
    inTransaction(portal.ctx.db, async (tx) => {
      await recordAudit(tx, entry('crowded'));
      await portal.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`,
        [],
      );
      await tx.selectFrom('company').select('id').execute();
    }),
  ).rejects.toThrow(/terminat|not queryable/i);
  await record('crowded');
  expect((await eventsOf('crowded')).length).toBe(before + 1);
  await isWhole();
});

it('texts that no table could keep are recorded all the same', async () => {
  await record('odd', { from: { address: '::1', userAgent: `a\u0000b${'\ud83d'}${'x'.repeat(9_000)}` } });
  await record('odd', {
    actor: { kind: 'staff', id: '1', name: 'Ү"\\\n{}' },
    data: { note: '\u0000\ud800' },
  });
  await isWhole();
});

const login = (
  call: ReturnType<TestPortal['anonymous']>,
  body: { inn?: string; pin?: string; role?: 'head' },
) => call(endpoints.loginCloud, { body: { inn: INN, role: 'head', pin: PIN, ...body } });

it('login and logout say who, when and from where', async () => {
  const chain = await chainOf(INN);
  const { call } = injectClient(portal.app);
  await login(call, {});
  expect(await lastOf(chain)).toMatchObject({
    act: 'login.succeeded',
    actor_kind: 'officer',
    actor_name: expect.stringMatching(/\S+ \S+/),
    address: '127.0.0.1',
    user_agent: 'lightMyRequest',
    subject_kind: 'session',
  });
  const session = (await lastOf(chain))?.subject_id;
  await call(endpoints.logout, {});
  expect(await lastOf(chain)).toMatchObject({ act: 'logout', actor_kind: 'officer', subject_id: session });
  await isWhole();
});

it('where a request came from is believed only of a proxy that is trusted', async () => {
  const trusting = await createTestPortal({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' });
  const logInFrom = async (app: TestPortal['app'], remoteAddress: string): Promise<number> =>
    (
      await app.inject({
        method: 'POST',
        url: '/api/v1/login/cloud',
        payload: { inn: INN, role: 'head', pin: PIN },
        remoteAddress,
        headers: { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'Firefox' },
      })
    ).statusCode;
  const addressIn = async (from: TestPortal): Promise<(string | null)[]> =>
    (
      await from.query<Row>(
        `select address from audit_event where user_agent = 'Firefox' and act = 'login.succeeded' order by seq`,
        [],
      )
    ).rows.map(({ address }) => address);
  expect(await logInFrom(portal.app, '10.1.2.3')).toBe(200);
  expect(await addressIn(portal)).toEqual(['10.1.2.3']);
  expect(await logInFrom(trusting.app, '10.1.2.3')).toBe(200);
  expect(await logInFrom(trusting.app, '192.0.2.1')).toBe(200);
  expect(await addressIn(trusting)).toEqual(['203.0.113.7', '192.0.2.1']);
  await trusting.close();
});

it('a refused login says why to the trail, and never the PIN', async () => {
  await expect(login(portal.anonymous(), { pin: '918273' })).rejects.toThrow(ApiError);
  const refused = await lastOf(await chainOf(INN));
  expect(refused).toMatchObject({ act: 'login.refused', actor_kind: 'stranger', subject_kind: 'credential' });
  expect(JSON.parse(refused?.data ?? '')).toEqual({
    inn: INN,
    role: 'head',
    reason: 'wrong_pin',
    attemptsLeft: 4,
  });
  const { rows } = await portal.query<{ row: string }>(
    'select audit_event::text as row from audit_event',
    [],
  );
  expect(rows.filter(({ row }) => row.includes('918273') || row.includes(PIN))).toEqual([]);
});

it('a paused login is told, and counts against its address', async () => {
  for (let attempt = 0; attempt < 6; attempt += 1)
    await login(portal.anonymous(), { inn: '02711201910023', pin: '111111' }).catch(() => undefined);
  const acts = (await eventsOf(await chainOf('02711201910023'))).map(({ act }) => act);
  expect(acts.filter((act) => act.startsWith('login.'))).toEqual([
    ...Array<string>(5).fill('login.refused'),
    'login.paused',
  ]);
  const { rows } = await portal.query<{ attempts: number }>(
    `select attempts from login_attempt where scope = 'address'`,
    [],
  );
  expect(rows[0]?.attempts).toBe(7);
});

const sayings = async (work: () => Promise<unknown>): Promise<string[]> => {
  const said: string[] = [];
  const original = Client.prototype.query;
  const spy = vi.spyOn(Client.prototype, 'query').mockImplementation(function (
    this: Client,
    ...args: unknown[]
  ) {
    const [first] = args;
    const text =
      typeof first === 'object' && first !== null && 'text' in first ? String(first.text) : String(first);
    if (!text.includes('pgboss')) said.push(text.replace(/\s+/g, ' '));
    // The very call, passed on.
    return Reflect.apply(original, this, args) as unknown;
  });
  await work().catch(() => undefined);
  spy.mockRestore();
  return said;
};

it('an unknown ИНН costs exactly the statements of a wrong PIN, and goes to the chain of the operator', async () => {
  await record('operator');
  const known = await sayings(() => login(portal.anonymous(), { pin: '000000' }));
  const unknown = await sayings(() => login(portal.anonymous(), { inn: '01503201819999', pin: '000000' }));
  expect(known).toContainEqual(expect.stringContaining('insert into audit_event'));
  expect(unknown).toEqual(known);
  expect(await lastOf('operator')).toMatchObject({ act: 'login.refused', subject_kind: null });
});

it('each signature of an officer is recorded with what was signed and by which certificate', async () => {
  const filing = await aQueuedFiling(portal, 2);
  const { rows } = await portal.query<Row>(
    `select e.* from audit_event e join filing f on f.company_id::text = e.chain
      where f.id = $1 and e.act = 'signature.made' order by e.seq`,
    [filing.id],
  );
  expect(rows.map(({ data }) => JSON.parse(data) as unknown)).toEqual(
    ['accountant', 'head'].map((role) => ({
      role,
      credentialId: expect.any(String),
      certificateSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      signatureSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })),
  );
  for (const row of rows)
    expect(row).toMatchObject({ subject_kind: 'filing', subject_id: filing.id, address: '127.0.0.1' });
  await isWhole();
});

it('who takes a bundle away leaves word of it, and of its very bytes', async () => {
  const filing = await aQueuedFiling(portal);
  const head = await portal.login('head');
  const bundle = await head(endpoints.getEvidence, { params: { id: filing.id } });
  const taken = await lastOf(await chainOf(INN));
  expect(taken).toMatchObject({ act: 'evidence.downloaded', actor_kind: 'officer', subject_id: filing.id });
  expect(JSON.parse(taken?.data ?? '')).toEqual({
    number: filing.number,
    sha256: createHash('sha256').update(bundle).digest('hex'),
  });
});
