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
           f.postmarked_at, f.report_sha256, f.signature_sha256, report.bytes as report, signature.bytes as signature
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

export const insertDocument = (
  tx: Tx,
  document: {
    filingId: string;
    kind: 'agency-receipt' | 'decision';
    json: Uint8Array;
    signature: Uint8Array;
  },
) =>
  tx
    .insertInto('filing_document')
    .values({
      filing_id: document.filingId,
      kind: document.kind,
      json: Buffer.from(document.json),
      signature: Buffer.from(document.signature),
    })
    .execute();

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

/** Filings that have been queued for longer than any healthy delivery takes: their job may have been lost. */
export const listForgotten = (db: DbOrTx, before: Temporal.Instant) =>
  db
    .selectFrom('filing')
    .select(['id', 'agency'])
    .where('delivery', '=', 'queued')
    .where('updated_at', '<', sql<Temporal.Instant>`${before.toString()}::timestamptz`)
    .orderBy('updated_at')
    .limit(1_000)
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

export const moveFeed = (tx: Tx, agency: string, cursor: string) =>
  tx.updateTable('agency_feed').set({ cursor }).where('agency', '=', agency).execute();

export const findByNumber = (tx: DbOrTx, agency: string, number: string) =>
  tx
    .selectFrom('filing')
    .select(['id', 'company_id', 'delivery', 'check_state', 'report_sha256'])
    .where('number', '=', number)
    .where('agency', '=', agency)
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
