import type { DelegationEnd } from '@sochi/contract';
import { recordAudit, type AuditActor, type Origin } from '#modules/audit/index.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction, type Tx } from '../../db/database.ts';
import { listExpired, markEnded, type EndedRow, type WhichDelegations } from './queries.ts';

export type EndedDelegation = EndedRow & { at: Temporal.Instant; why: DelegationEnd };
type End = { at: Temporal.Instant; why: DelegationEnd };
type By = { actor: AuditActor; from?: Origin };

const SYSTEM: By = { actor: { kind: 'system', name: 'delegations' } };

const endThem = async (tx: Tx, which: WhichDelegations, end: End): Promise<EndedDelegation[]> =>
  (await markEnded(tx, which, end)).map((row) => ({ ...row, ...end }));

/**
 * Ends every delegation that rests on this credential, as the head's or as the delegate's, in the transaction in which the
 * credential changes: the sealed key is deleted, the row stays with when and why. A report that is being recorded with it at
 * this moment is waited for. A changed PIN ends only what the head delegated with it. Call `auditEnded` with the result when
 * nothing else is left to do in the transaction.
 */
export const endDelegationsOf = (
  tx: Tx,
  credentialId: string,
  end: {
    at: Temporal.Instant;
    why: Extract<
      DelegationEnd,
      'pin_changed' | 'certificate_revoked' | 'certificate_suspended' | 'certificate_renewed'
    >;
  },
): Promise<EndedDelegation[]> =>
  endThem(tx, end.why === 'pin_changed' ? { headCredentialId: credentialId } : { credentialId }, end);

/** Puts each end into its company's audit trail: last in the transaction, since it locks the head of the chain. */
export const auditEnded = async (tx: Tx, ended: readonly EndedDelegation[], by: By): Promise<void> => {
  // Chains are locked in one order by everybody, so that nobody waits in a ring.
  const inOrder = ended.toSorted((left, right) => left.company_id.localeCompare(right.company_id));
  for (const { id, company_id, head_id, at, why } of inOrder)
    await recordAudit(tx, {
      ...by,
      chain: company_id,
      act: 'delegation.ended',
      onBehalfOf: head_id,
      subject: { kind: 'delegation', id },
      data: { why },
      at,
    });
};

/** Ends delegations in a transaction of their own; gives how many there were to end. */
export const endNow = (
  ctx: Pick<AppContext, 'db'>,
  which: WhichDelegations,
  { also, by = SYSTEM, ...end }: End & { by?: By; also?: (tx: Tx) => Promise<unknown> },
): Promise<number> =>
  inTransaction(ctx.db, async (tx) => {
    const ended = await endThem(tx, which, end);
    if (ended.length > 0) await also?.(tx);
    await auditEnded(tx, ended, by);
    return ended.length;
  });

/** Deletes the keys of delegations whose time is over; they are of no use from that time on, with or without this. */
export const endExpired = async (ctx: Pick<AppContext, 'db' | 'clock'>): Promise<void> => {
  const now = ctx.clock.now();
  for (const { id } of await listExpired(ctx.db, now)) await endNow(ctx, { id }, { at: now, why: 'expired' });
};
