import { endDelegationsOf, type EndedDelegation } from '#modules/delegations/index.ts';
import { endSessionsOf } from '#modules/sessions/index.ts';
import type { Tx } from '../../db/database.ts';
import type { StateChange } from './certificate-state.ts';
import { findStateBeforeSuspension, setCredentialState } from './queries.ts';

const ENDS = {
  suspend: { state: 'suspended', why: 'certificate_suspended' },
  revoke: { state: 'revoked', why: 'certificate_revoked' },
} as const;

/** A credential as it was when it was locked, in the same transaction. */
export type HeldCredential = { id: string; state: string; serial: string };

export type ChangedCredential = {
  /** The state it had. */
  was: string;
  /** To be told to the audit trail when nothing else is left to do. */
  ended: readonly EndedDelegation[];
};

/**
 * What a change of the certificate `certificateId` does to the credential that signs with it, in the same transaction: suspended
 * or revoked, nothing opens it any more, nobody who is logged in with it stays so, and no delegation rests on it. Whoever locked
 * it has waited for a signature that was being recorded; the next one finds the new state.
 */
export const changeCredential = async (
  tx: Tx,
  { id, state }: HeldCredential,
  { certificateId, change, at }: { certificateId: string; change: StateChange; at: Temporal.Instant },
): Promise<ChangedCredential> => {
  if (change === 'resume') {
    const before = await findStateBeforeSuspension(tx, certificateId);
    await setCredentialState(tx, id, before === 'locked' ? 'locked' : 'active');
    return { was: state, ended: [] };
  }
  await setCredentialState(tx, id, ENDS[change].state);
  await endSessionsOf(tx, id);
  return { was: state, ended: await endDelegationsOf(tx, id, { at, why: ENDS[change].why }) };
};
