import { parseDecision, createVerificationCache } from '@sochi/signature';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrateAgency, openPool } from './database.ts';
import { decideDue, nextDue, type DecideContext } from './decide-due.ts';
import { createDecisionFeed } from './decision-feed.ts';
import { IncomingReport } from './incoming-report.ts';
import { takeReport } from './intake.ts';
import { createNumbering } from './numbering.ts';
import { loadAgencyKey, type AgencyKey } from './signing-key.ts';
import { aCompany, type TestCompany } from './test/a-report.ts';
import { createKeyFolder, createTestAuthority } from './test/authority.ts';
import { createEmptyDatabase } from './test/database.ts';

let company: TestCompany;
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let keys: Awaited<ReturnType<typeof createKeyFolder>>;
let pool: pg.Pool;
let key: AgencyKey;
let now = Temporal.Now.instant().round('millisecond');
const clock = { now: () => now };

beforeAll(async () => {
  const authority = await createTestAuthority();
  [company, database, keys] = await Promise.all([
    aCompany(authority),
    createEmptyDatabase(),
    createKeyFolder(authority),
  ]);
  await migrateAgency(database.url);
  pool = openPool(database.url, () => undefined);
  key = await loadAgencyKey({ folder: keys.folder, trustRoot: null, now });
});

beforeEach(async () => {
  await pool.query('truncate agency.waiting, agency.decision, agency.report');
});

afterAll(async () => {
  await pool.end();
  await Promise.all([database.drop(), keys.remove()]);
});

const robotOf = (verdict: 'accepted' | 'rejected' = 'accepted'): DecideContext => ({
  pool,
  key,
  clock,
  robot: { verdict, delayMs: 1_000 },
});

const take = async (count: number): Promise<string[]> => {
  const nextNumber = createNumbering(pool);
  const ctx = {
    pool,
    key,
    clock,
    cache: createVerificationCache(),
    robot: robotOf().robot,
    nextNumber,
    onTaken: () => undefined,
  };
  return Promise.all(
    Array.from({ length: count }, async () => {
      const report = await company.report();
      await takeReport(ctx, IncomingReport.parse(report), company.inn);
      return report.number;
    }),
  );
};

const pass = (duration: Temporal.DurationLike): void => {
  now = now.add(duration);
};

const read = (after = ''): ReturnType<ReturnType<typeof createDecisionFeed>['read']> =>
  createDecisionFeed(pool).read(after, 0);

it('decides nothing before its time, everything after it, and nothing twice', async () => {
  const numbers = await take(5);
  expect(await nextDue(pool)).toEqual(now.add({ seconds: 1 }));
  expect(await decideDue(robotOf())).toBe(0);
  pass({ seconds: 2 });
  expect(await decideDue(robotOf())).toBe(5);
  expect(await decideDue(robotOf())).toBe(0);
  const { decisions } = await read();
  expect(decisions.map(({ filingNumber }) => filingNumber).toSorted()).toEqual(numbers.toSorted());
});

it('rejects with a reason and words when told to', async () => {
  await take(1);
  pass({ seconds: 2 });
  await decideDue(robotOf('rejected'));
  const [first] = (await read()).decisions;
  expect(parseDecision(Buffer.from(first?.decision ?? '', 'base64'))).toMatchObject({
    ok: true,
    value: { verdict: 'rejected', reasons: ['robot.rejects'] },
  });
});

it('shares the work between processes: each report is decided once', async () => {
  await take(40);
  pass({ seconds: 2 });
  const counts = await Promise.all(Array.from({ length: 4 }, () => decideDue(robotOf())));
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
  expect((await read()).decisions).toHaveLength(40);
});

it('leaves the rows of a process that died in the middle to the others', async () => {
  await take(3);
  pass({ seconds: 2 });
  const dying = new pg.Client({ connectionString: database.url });
  dying.on('error', () => undefined); // it is cut off below
  await dying.connect();
  await dying.query('begin');
  await dying.query('select 1 from agency.waiting for update');
  expect(await decideDue(robotOf())).toBe(0);
  const { rows } = await dying.query<{ pid: number }>('select pg_backend_pid() as pid');
  await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await expect.poll(() => decideDue(robotOf())).toBe(3);
});

it('outlives a connection that breaks in the middle of its own transaction', async () => {
  await take(2);
  pass({ seconds: 2 });
  const holder = await pool.connect();
  await holder.query('begin');
  await holder.query('update agency.feed_head set place = place + 1');
  const deciding = decideDue(robotOf()).catch((error: unknown) => error);
  await expect
    .poll(async () => {
      const { rowCount } = await holder.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return rowCount;
    })
    .toBe(1);
  expect(await deciding).toBeInstanceOf(Error);
  await holder.query('rollback');
  holder.release();
  expect(await decideDue(robotOf())).toBe(2);
});

it('never shows a reader a place before all lower ones: a later decider waits for an earlier one', async () => {
  await take(4);
  pass({ seconds: 2 });
  const slow = await pool.connect();
  await slow.query('begin');
  const { rows } = await slow.query<{ place: string }>(
    'update agency.feed_head set place = place + 1 returning place',
  );
  const deciding = decideDue(robotOf());
  const isDone = await Promise.race([
    deciding.then(() => true),
    new Promise((r) => setTimeout(() => r(false), 200)),
  ]);
  expect(isDone).toBe(false);
  expect((await read()).decisions).toEqual([]);
  await slow.query('commit');
  slow.release();
  expect(await deciding).toBe(4);
  expect(BigInt((await read()).cursor)).toBe(BigInt(rows[0]?.place ?? 0) + 4n);
});

it('reads on from a place, page after page, without gap or repetition', async () => {
  const numbers = [...(await take(150)), ...(await take(120))];
  pass({ seconds: 2 });
  while ((await decideDue(robotOf())) > 0);
  const seen: string[] = [];
  for (let cursor = ''; ;) {
    const page = await read(cursor);
    if (page.decisions.length === 0) break;
    seen.push(...page.decisions.map(({ filingNumber }) => filingNumber));
    cursor = page.cursor;
  }
  expect(seen.toSorted()).toEqual(numbers.toSorted());
});

it('gives numbers that differ between processes', async () => {
  const counters = [createNumbering(pool), createNumbering(pool), createNumbering(pool)];
  const numbers = await Promise.all(
    Array.from(
      { length: 450 },
      (_, index) => counters[index % 3]?.(2026) ?? Promise.reject(new Error('none')),
    ),
  );
  expect(new Set(numbers).size).toBe(450);
});
