import { sql } from 'kysely';
import type { DbOrTx, Tx } from '../../db/database.ts';
import type { AuditEvent } from './audit-event.ts';
import type { ChainHead, Checkpoint } from './checkpoint.ts';
import { NO_HASH } from './event-hash.ts';

type Head = Pick<ChainHead, 'seq' | 'hash'>;

const findHeadForUpdate = (tx: Tx, chain: string) =>
  tx
    .selectFrom('audit_head')
    .select(['seq', 'hash'])
    .where('chain', '=', chain)
    .forUpdate()
    .executeTakeFirst();

/** Where a chain ends, held until the transaction ends; a chain begins with its first event. */
export const lockHead = async (tx: Tx, chain: string): Promise<Head> => {
  const found = await findHeadForUpdate(tx, chain);
  if (found) return { seq: Number(found.seq), hash: found.hash };
  await tx
    .insertInto('audit_head')
    .values({ chain, seq: 0, hash: Buffer.from(NO_HASH), unwitnessed: false })
    .onConflict((conflict) => conflict.column('chain').doNothing())
    .execute();
  // Another transaction may have begun the chain meanwhile, and added to it.
  const begun = await findHeadForUpdate(tx, chain);
  if (!begun) throw new Error(`the head of chain ${chain} is gone`);
  return { seq: Number(begun.seq), hash: begun.hash };
};

/** Appends the event and moves the head, in one statement. */
export const appendAuditEvent = async (tx: Tx, event: AuditEvent, hash: Buffer): Promise<void> => {
  await sql`
    with moved as (
      update audit_head set seq = ${event.seq}, hash = ${hash}, unwitnessed = true where chain = ${event.chain}
    )
    insert into audit_event (chain, seq, at, act, actor_kind, actor_id, actor_name, address, user_agent, on_behalf_of,
                             subject_kind, subject_id, data, previous_hash, hash)
    values (${event.chain}, ${event.seq}, ${event.at.toString()}::timestamptz, ${event.act}, ${event.actorKind},
            ${event.actorId}, ${event.actorName}, ${event.address}, ${event.userAgent}, ${event.onBehalfOf},
            ${event.subjectKind}, ${event.subjectId}, ${event.data}, ${Buffer.from(event.previousHash)}, ${hash})`.execute(
    tx,
  );
};

export const findLastCheckpoint = async (
  db: DbOrTx,
): Promise<{ number: number; hash: Buffer } | undefined> => {
  const row = await db
    .selectFrom('audit_checkpoint')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { number: Number(row.number), hash: row.hash };
};

/** Ends of chains that no checkpoint names yet, in the order of their names. */
export const listUnwitnessed = async (db: DbOrTx, limit: number): Promise<ChainHead[]> => {
  const rows = await db
    .selectFrom('audit_head')
    .select(['chain', 'seq', 'hash'])
    // Said as the index says it: a parameter would not find the index.
    .where(sql<boolean>`unwitnessed`)
    .orderBy('chain')
    .limit(limit)
    .execute();
  return rows.map(({ chain, seq, hash }) => ({ chain, seq: Number(seq), hash }));
};

/** Stores a checkpoint with its heads; false, and nothing stored, when its number is taken. */
export const insertCheckpoint = async (
  tx: Tx,
  { number, at, previousHash, heads, hash, signature }: Checkpoint & { hash: Buffer; signature: Uint8Array },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('audit_checkpoint')
    .values({
      number,
      at: at.toString(),
      previous_hash: Buffer.from(previousHash),
      hash,
      signature: Buffer.from(signature),
    })
    .onConflict((conflict) => conflict.column('number').doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await sql`
    insert into audit_checkpoint_head (chain, seq, hash, checkpoint)
    select chain, seq, hash, ${number}
      from unnest(${heads.map(({ chain }) => chain)}::text[], ${heads.map(({ seq }) => seq)}::bigint[],
                  ${heads.map((head) => Buffer.from(head.hash))}::bytea[]) as head (chain, seq, hash)`.execute(
    tx,
  );
  return true;
};

/**
 * Notes that these ends have been witnessed. A chain that has moved on, or is being added to at this moment, stays unwitnessed: the
 * next checkpoint names it.
 */
export const markWitnessed = async (tx: Tx, heads: readonly ChainHead[]): Promise<void> => {
  await sql`
    update audit_head set unwitnessed = false
     where chain in (
       select head.chain from audit_head head
         join unnest(${heads.map(({ chain }) => chain)}::text[], ${heads.map(({ seq }) => seq)}::bigint[]) as witnessed (chain, seq)
           on witnessed.chain = head.chain and witnessed.seq = head.seq
        for update of head skip locked)`.execute(tx);
};

export const findCompanyByInn = async (db: DbOrTx, inn: string): Promise<string | undefined> =>
  (await db.selectFrom('company').select('id').where('inn', '=', inn).executeTakeFirst())?.id;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** ИНН of those chains that are companies'. */
export const listInns = async (
  db: DbOrTx,
  chains: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const ids = [...new Set(chains)].filter((chain) => UUID.test(chain));
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('company').select(['id', 'inn']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, inn }) => [id, inn]));
};
