import { randomUUIDv7 } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, DbOrTx, Tx } from '../../db/database.ts';

/**
 * Claims a queued filing for one call to its agency and gives all that the call needs; undefined when it is not queued (any
 * more). Two workers may hold the same claim: the agency takes a number only once, and the record is guarded by the state.
 */
export const claimForDelivery = async (db: Db, filingId: string, now: Temporal.Instant) => {
  const attemptId = randomUUIDv7();
  const { rows } = await sql<ClaimedFiling>`
    with attempt as (
      insert into delivery_attempt (id, filing_id, started_at)
      select ${attemptId}::uuid, id, ${now.toString()}::timestamptz from filing where id = ${filingId}::uuid and delivery = 'queued'
      returning id
    )
    select attempt.id as attempt_id, f.id, f.company_id, f.number, f.form_id, f.agency, f.period_from, f.period_to, f.context,
           f.postmarked_at, f.report_sha256, f.signature_sha256, report.bytes as report, signature.bytes as signature,
           (select count(*)::integer from delivery_attempt earlier where earlier.filing_id = f.id) + 1 as attempt
      from attempt, filing f
      join content report on report.sha256 = f.report_sha256
      join content signature on signature.sha256 = f.signature_sha256
     where f.id = ${filingId}::uuid`.execute(db);
  return rows[0];
};

export type ClaimedFiling = {
  attempt_id: string;
  id: string;
  company_id: string;
  number: string;
  form_id: string;
  agency: string;
  period_from: string;
  period_to: string;
  context: unknown;
  postmarked_at: Temporal.Instant;
  report_sha256: Buffer;
  signature_sha256: Buffer;
  report: Buffer;
  signature: Buffer;
  /** Which attempt this is, from 1, however the earlier ones ended. */
  attempt: number;
};

export const finishAttempt = (
  db: DbOrTx,
  attempt: { id: string; at: Temporal.Instant; outcome: string; detail: string | null },
) =>
  db
    .updateTable('delivery_attempt')
    .set({
      finished_at: attempt.at.toString(),
      outcome: attempt.outcome,
      detail: attempt.detail?.slice(0, 2_000) ?? null,
    })
    .where('id', '=', attempt.id)
    .execute();

/** Moves a queued filing to delivered; false when another worker has done it. */
export const markDelivered = async (
  tx: Tx,
  filing: {
    id: string;
    handedOverAt: Temporal.Instant;
    agencyReceivedAt: Temporal.Instant;
    agencyNumber: string;
    now: Temporal.Instant;
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('filing')
    .set({
      delivery: 'delivered',
      check_state: 'awaiting_check',
      handed_over_at: filing.handedOverAt.toString(),
      agency_received_at: filing.agencyReceivedAt.toString(),
      agency_number: filing.agencyNumber,
      updated_at: filing.now.toString(),
    })
    .where('id', '=', filing.id)
    .where('delivery', '=', 'queued')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

/** Tells a person at the operator; an open item of the same kind for the same filing is not doubled. */
export const openWorkItem = (
  db: DbOrTx,
  item: { kind: string; filingId: string | null; detail: string; now: Temporal.Instant },
) =>
  db
    .insertInto('work_item')
    .values({
      id: randomUUIDv7(),
      kind: item.kind,
      filing_id: item.filingId,
      detail: item.detail.slice(0, 2_000),
      created_at: item.now.toString(),
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'filing_id']).where('done_at', 'is', null).doNothing(),
    )
    .execute();

/**
 * Filings queued since before `before` that no job works on and no person has been asked to look at: their job was lost, or
 * the person is done. Oldest first, at most 1000.
 */
export const listForgotten = async (
  db: DbOrTx,
  forgotten: { agencies: readonly string[]; before: Temporal.Instant },
): Promise<{ id: string; agency: string }[]> => {
  // The queue's own index job_i6 serves the last condition: its expression is repeated here.
  const { rows } = await sql<{ id: string; agency: string }>`
    select f.id, f.agency from filing f
     where f.delivery = 'queued' and f.agency = any(${forgotten.agencies}::text[])
       and f.updated_at < ${forgotten.before.toString()}::timestamptz
       and not exists (select from work_item w
                        where w.filing_id = f.id and w.done_at is null and w.kind in ('delivery_stuck', 'delivery_refused'))
       and not exists (select from pgboss.job j
                        where j.name = 'deliver-' || f.agency and coalesce(j.singleton_key, '') = f.id::text
                          and j.state <= 'active' and j.policy = 'exclusive')
     order by f.updated_at limit 1000`.execute(db);
  return rows;
};

/**
 * The oldest filing of each agency that has been waiting since before `before`, where no person has been told yet that the
 * agency is late. One for all that wait: an outage is one thing to look at.
 */
export const listLate = async (
  db: DbOrTx,
  late: { agencies: readonly string[]; before: Temporal.Instant },
): Promise<{ id: string; agency: string; postmarked_at: Temporal.Instant }[]> => {
  const { rows } = await sql<{ id: string; agency: string; postmarked_at: Temporal.Instant }>`
    select distinct on (f.agency) f.id, f.agency, f.postmarked_at from filing f
     where f.delivery = 'queued' and f.agency = any(${late.agencies}::text[])
       and f.updated_at < ${late.before.toString()}::timestamptz
       and not exists (select from work_item w join filing told on told.id = w.filing_id
                        where w.kind = 'delivery_late' and w.done_at is null and told.agency = f.agency)
     order by f.agency, f.updated_at`.execute(db);
  return rows;
};

/** What a person was told is over by itself. */
export const closeWorkItem = (tx: Tx, item: { kind: string; filingId: string; now: Temporal.Instant }) =>
  tx
    .updateTable('work_item')
    .set({ done_at: item.now.toString() })
    .where('filing_id', '=', item.filingId)
    .where('kind', '=', item.kind)
    .where('done_at', 'is', null)
    .execute();

/** Takes the feed of an agency for `until`; undefined while another worker has it. Gives the place to read on from. */
export const leaseFeed = async (
  db: Db,
  lease: { agency: string; worker: string; now: Temporal.Instant; until: Temporal.Instant },
): Promise<string | undefined> => {
  const { rows } = await sql<{ cursor: string }>`
    insert into agency_feed as feed (agency, cursor, leased_by, leased_until)
    values (${lease.agency}, '', ${lease.worker}::uuid, ${lease.until.toString()}::timestamptz)
    on conflict (agency) do update set leased_by = excluded.leased_by, leased_until = excluded.leased_until
      where feed.leased_by = excluded.leased_by or feed.leased_until < ${lease.now.toString()}::timestamptz
    returning cursor`.execute(db);
  return rows[0]?.cursor;
};

export const releaseFeed = (db: Db, agency: string, worker: string, now: Temporal.Instant) =>
  db
    .updateTable('agency_feed')
    .set({ leased_until: now.toString() })
    .where('agency', '=', agency)
    .where('leased_by', '=', worker)
    .execute();

/** Moves on in a feed; false, and nothing moved, for a reader whose lease went to another meanwhile. */
export const moveFeed = async (
  tx: Tx,
  move: { agency: string; worker: string; from: string; to: string },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('agency_feed')
    .set({ cursor: move.to })
    .where('agency', '=', move.agency)
    .where('leased_by', '=', move.worker)
    .where('cursor', '=', move.from)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

/** The filing a decision is about, held until the transaction ends: its delivery may be recorded at this very moment. */
export const lockByNumber = (tx: Tx, agency: string, number: string) =>
  tx
    .selectFrom('filing')
    .select(['id', 'company_id', 'delivery', 'report_sha256'])
    .where('number', '=', number)
    .where('agency', '=', agency)
    .forUpdate()
    .executeTakeFirst();

export const findDocument = (tx: DbOrTx, filingId: string, kind: 'agency-receipt' | 'decision') =>
  tx
    .selectFrom('filing_document')
    .select(['json', 'signature'])
    .where('filing_id', '=', filingId)
    .where('kind', '=', kind)
    .executeTakeFirst();

/** Records a decision once; false when one is there. */
export const markDecided = async (
  tx: Tx,
  decision: {
    id: string;
    verdict: 'accepted' | 'rejected';
    decidedAt: Temporal.Instant;
    rejection: { codes: string[]; text: string } | null;
    now: Temporal.Instant;
  },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('filing')
    .set({
      check_state: decision.verdict,
      decided_at: decision.decidedAt.toString(),
      rejection: decision.rejection ? JSON.stringify(decision.rejection) : null,
      updated_at: decision.now.toString(),
    })
    .where('id', '=', decision.id)
    .where('check_state', '=', 'awaiting_check')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};
