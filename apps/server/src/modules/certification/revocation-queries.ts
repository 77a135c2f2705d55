import { sql } from 'kysely';
import { atTime, type Db, type DbOrTx, type Tx } from '../../db/database.ts';
import type { Authority } from './authority.ts';

/** A certificate that stays on the lists this long after its end: at least one list of then still names it (RFC 5280 §3.3). */
const KEPT_AFTER_END = { hours: 7 * 24 };

export type ListedEntry = { serial: string; state: string; reason: string; since: Temporal.Instant };
export type LastList = {
  number: bigint;
  thisUpdate: Temporal.Instant;
  nextUpdate: Temporal.Instant;
  entriesSha256: Buffer;
};

const listEntries = async (tx: Tx, authority: Authority, now: Temporal.Instant): Promise<ListedEntry[]> => {
  const rows = await tx
    .selectFrom('issued_certificate')
    .select(['serial', 'state', 'state_reason', 'state_since'])
    .where('authority', '=', authority)
    .where('state', '<>', 'active')
    .where('valid_to', '>', atTime(now.subtract(KEPT_AFTER_END)))
    .orderBy('serial')
    .execute();
  return rows.map(({ serial, state, state_reason, state_since }) => {
    // A check constraint keeps the reason and the moment beside these states.
    if (state_reason === null || state_since === null) throw new Error(`${serial} is ${state} for no reason`);
    return { serial, state, reason: state_reason, since: state_since };
  });
};

const findLast = async (tx: DbOrTx, authority: Authority): Promise<LastList | undefined> => {
  const row = await tx
    .selectFrom('revocation_list')
    .select(['number', 'this_update', 'next_update', 'entries_sha256'])
    .where('authority', '=', authority)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      number: BigInt(row.number),
      thisUpdate: row.this_update,
      nextUpdate: row.next_update,
      entriesSha256: row.entries_sha256,
    }
  );
};

/**
 * What is revoked and what the last list was, of one and the same moment: whoever publishes the number after that list has seen
 * everything that it shows, so a list with a greater number never knows less.
 */
export const readRevocations = (
  db: Db,
  authority: Authority,
  now: Temporal.Instant,
): Promise<{ entries: ListedEntry[]; last: LastList | undefined }> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tx) => ({
      entries: await listEntries(tx, authority, now),
      last: await findLast(tx, authority),
    }));

/** False when another process has published this number. */
export const insertList = async (
  tx: Tx,
  list: {
    authority: Authority;
    number: bigint;
    thisUpdate: Temporal.Instant;
    nextUpdate: Temporal.Instant;
    entriesSha256: Buffer;
    der: Uint8Array;
  },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('revocation_list')
    .values({
      authority: list.authority,
      number: list.number.toString(),
      this_update: list.thisUpdate.toString(),
      next_update: list.nextUpdate.toString(),
      entries_sha256: list.entriesSha256,
      der: Buffer.from(list.der),
    })
    .onConflict((conflict) => conflict.columns(['authority', 'number']).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
};

/** The newest number of each authority: two looks into an index. */
export const newestNumbers = async (db: DbOrTx): Promise<Record<Authority, string | null>> => {
  const { rows } = await sql<Record<Authority, string | null>>`
    select (select max(number) from revocation_list where authority = 'root') as root,
      (select max(number) from revocation_list where authority = 'issuing') as issuing`.execute(db);
  return rows[0] ?? { root: null, issuing: null };
};

export const getList = (db: DbOrTx, authority: Authority, number: string) =>
  db
    .selectFrom('revocation_list')
    .select(['der', 'number', 'this_update', 'next_update'])
    .where('authority', '=', authority)
    .where('number', '=', number)
    .executeTakeFirstOrThrow();

export type StatusRow = {
  serial: string;
  state: string;
  reason: string | null;
  since: Temporal.Instant | null;
};

/** The state of certificates of the issuing authority; one that it never issued is not in the answer. */
export const listStatuses = (db: DbOrTx, serials: readonly string[]): Promise<StatusRow[]> =>
  db
    .selectFrom('issued_certificate')
    .select(['serial', 'state', 'state_reason as reason', 'state_since as since'])
    .where('serial', 'in', serials)
    .where('authority', '=', 'issuing')
    .execute();
