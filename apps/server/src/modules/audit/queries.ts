import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';
import type { AuditEvent } from './audit-event.ts';
import { NO_HASH } from './event-hash.ts';

export type Head = { seq: number; hash: Uint8Array };

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
