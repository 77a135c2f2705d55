import type { Clock } from '@sochi/kernel';
import { serialiseDecision } from '@sochi/signature';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Robot } from './config.ts';
import type { AgencyKey } from './signing-key.ts';

/**
 * Decides waiting reports when they are due. Driven by rows: several processes share the work (SKIP LOCKED), and one that is
 * killed leaves its rows to the others or to its own next start. Places of decisions are given under a lock, so that a reader
 * who has seen place n will never miss one below it.
 */
export type RobotContext = {
  pool: pg.Pool;
  key: AgencyKey;
  clock: Clock;
  robot: Robot;
  onDecided: () => void;
};

type Due = { id: string; number: string; agency_number: string; report_sha256: string };

const PLACES_LOCK = 7_306_503;
const BATCH = 100;
const BUSY_MS = 100;
const IDLE_MS = 1_000;

const REJECTION = { reasons: ['robot.rejects'], text: 'Учебный отказ: так настроена принимающая сторона.' };

const signDecision = async (ctx: RobotContext, due: Due, decidedAt: Temporal.Instant) => {
  const { verdict } = ctx.robot;
  const decision = serialiseDecision({
    version: 1,
    agency: 'gns',
    agencyNumber: due.agency_number,
    filingNumber: due.number,
    reportSha256: due.report_sha256,
    verdict,
    ...(verdict === 'rejected' ? REJECTION : { reasons: [], text: '' }),
    decidedAt,
  });
  return { due, decision, signature: await ctx.key.sign(decision, decidedAt) };
};

const takeDue = async (client: pg.PoolClient, now: Temporal.Instant): Promise<Due[]> => {
  const { rows } = await client.query<Due>(
    `select r.id, r.number, r.agency_number, r.report_sha256
       from agency.waiting w join agency.report r on r.id = w.report_id
      where w.due_at <= $1 order by w.due_at limit ${BATCH} for update of w skip locked`,
    [now.toString()],
  );
  return rows;
};

const record = async (
  client: pg.PoolClient,
  signed: Awaited<ReturnType<typeof signDecision>>[],
  decidedAt: Temporal.Instant,
): Promise<void> => {
  await client.query('select pg_advisory_xact_lock($1)', [PLACES_LOCK]);
  await client.query(
    `insert into agency.decision (place, report_id, number, decision, signature, decided_at)
     select (select coalesce(max(place), 0) from agency.decision) + one.at, one.id, one.number, one.decision, one.signature, $5
       from unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[]) with ordinality as one (id, number, decision, signature, at)
     on conflict (report_id) do nothing`,
    [
      signed.map(({ due }) => due.id),
      signed.map(({ due }) => due.number),
      signed.map(({ decision }) => Buffer.from(decision)),
      signed.map(({ signature }) => Buffer.from(signature)),
      decidedAt.toString(),
    ],
  );
  await client.query('delete from agency.waiting where report_id = any($1::bigint[])', [
    signed.map(({ due }) => due.id),
  ]);
};

/** Decides what is due now; gives how many. */
export const decideDue = async (ctx: RobotContext): Promise<number> => {
  const client = await ctx.pool.connect();
  try {
    await client.query('begin');
    const decidedAt = ctx.clock.now();
    const due = await takeDue(client, decidedAt);
    if (due.length > 0)
      await record(client, await Promise.all(due.map((one) => signDecision(ctx, one, decidedAt))), decidedAt);
    await client.query('commit');
    if (due.length > 0) ctx.onDecided();
    return due.length;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
};

/** Works until `signal`. `busy` tells whether a report may become due soon: then the rows are looked at more often. */
export const runRobot = async (
  ctx: RobotContext,
  signal: AbortSignal,
  hooks: { busy: () => boolean; onError: (error: unknown) => void },
): Promise<void> => {
  while (!signal.aborted) {
    await decideDue(ctx).catch(hooks.onError);
    await sleep(hooks.busy() ? BUSY_MS : IDLE_MS, undefined, { signal }).catch(() => undefined);
  }
};
