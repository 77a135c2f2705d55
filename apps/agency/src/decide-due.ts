import type { Clock } from '@sochi/kernel';
import { serialiseDecision } from '@sochi/signature';
import type pg from 'pg';
import type { Robot } from './config.ts';
import type { AgencyKey } from './signing-key.ts';

/**
 * Decides waiting reports when they are due. Driven by rows: several processes share the work (SKIP LOCKED), and one that is
 * killed leaves its rows to the others or to its own next start. Places of decisions come out of one row, locked until they are
 * committed: a reader who has seen place n will never miss one below it.
 */
export type DecideContext = { pool: pg.Pool; key: AgencyKey; clock: Clock; robot: Robot };

/** Most decisions made in one transaction. */
export const BATCH = 100;

const REJECTION = { reasons: ['robot.rejects'], text: 'Учебный отказ: так настроена принимающая сторона.' };
const ACCEPTANCE = { reasons: [], text: '' };

type Due = { id: string; number: string; agency_number: string; report_sha256: string };
type Signed = { due: Due; decision: Uint8Array; signature: Uint8Array };

const sign = async (ctx: DecideContext, due: Due, decidedAt: Temporal.Instant): Promise<Signed> => {
  const { verdict } = ctx.robot;
  const decision = serialiseDecision({
    version: 1,
    agency: 'gns',
    agencyNumber: due.agency_number,
    filingNumber: due.number,
    reportSha256: due.report_sha256,
    verdict,
    ...(verdict === 'rejected' ? REJECTION : ACCEPTANCE),
    decidedAt,
  });
  return { due, decision, signature: await ctx.key.sign(decision, decidedAt) };
};

const takeDue = async (client: pg.PoolClient, now: Temporal.Instant): Promise<Due[]> => {
  const { rows } = await client.query<Due>({
    name: 'take-due',
    text: `select r.id, r.number, r.agency_number, r.report_sha256
             from agency.waiting w join agency.report r on r.id = w.report_id
            where w.due_at <= $1 order by w.due_at limit ${BATCH} for update of w skip locked`,
    values: [now.toString()],
  });
  return rows;
};

const record = (client: pg.PoolClient, signed: readonly Signed[], decidedAt: Temporal.Instant) =>
  client.query({
    name: 'record-decisions',
    text: `with head as (
             update agency.feed_head set place = place + cardinality($1::bigint[]) returning place - cardinality($1::bigint[]) as taken
           ), decided as (
             delete from agency.waiting where report_id = any($1::bigint[])
           )
           insert into agency.decision (place, report_id, number, decision, signature, decided_at)
           select head.taken + one.at, one.id, one.number, one.decision, one.signature, $5
             from head, unnest($1::bigint[], $2::text[], $3::bytea[], $4::bytea[]) with ordinality
                          as one (id, number, decision, signature, at)`,
    values: [
      signed.map(({ due }) => due.id),
      signed.map(({ due }) => due.number),
      signed.map(({ decision }) => Buffer.from(decision)),
      signed.map(({ signature }) => Buffer.from(signature)),
      decidedAt.toString(),
    ],
  });

/** Decides what is due now, at most BATCH, in one transaction; gives how many. */
export const decideDue = async (ctx: DecideContext): Promise<number> => {
  const client = await ctx.pool.connect();
  try {
    await client.query('begin');
    const decidedAt = ctx.clock.now();
    const due = await takeDue(client, decidedAt);
    if (due.length > 0)
      await record(client, await Promise.all(due.map((one) => sign(ctx, one, decidedAt))), decidedAt);
    await client.query('commit');
    return due.length;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
};

/** When the next report is due; undefined when none waits. */
export const nextDue = async (pool: pg.Pool): Promise<Temporal.Instant | undefined> => {
  const { rows } = await pool.query<{ due_at: Date }>({
    name: 'next-due',
    text: 'select due_at from agency.waiting order by due_at limit 1',
  });
  return rows[0] && Temporal.Instant.fromEpochMilliseconds(rows[0].due_at.getTime());
};
