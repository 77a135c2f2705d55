import type { Tx } from '../../db/database.ts';
import type { AuditEntry } from './audit-event.ts';
import { eventHash } from './event-hash.ts';
import { makeEvent } from './make-event.ts';
import { appendAuditEvent, lockHead } from './queries.ts';

/**
 * Appends an act to its chain in the transaction of the act itself: both are there or neither is. The chain's head is locked until
 * the transaction ends, so this comes last in it; one that records in two chains takes the company's before the operator's.
 */
export const recordAudit = async (tx: Tx, entry: AuditEntry): Promise<void> => {
  const event = makeEvent(entry, await lockHead(tx, entry.chain));
  await appendAuditEvent(tx, event, eventHash(event));
};
