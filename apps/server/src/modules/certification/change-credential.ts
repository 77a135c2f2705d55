import { endDelegationsOf, type EndedDelegation } from '#modules/delegations/index.ts';
import { endSessionsOf } from '#modules/sessions/index.ts';
import type { Tx } from '../../db/database.ts';
import type { StateChange } from './certificate-state.ts';
import { findStateBeforeSuspension, lockCredential, setCredentialState } from './queries.ts';

const ENDS = {
  suspend: { state: 'suspended', why: 'certificate_suspended' },
  revoke: { state: 'revoked', why: 'certificate_revoked' },
} as const;

export type ChangedCredential = {
  /** The state it had. */
  was: string;
  /** To be told to the audit trail when nothing else is left to do. */
  ended: readonly EndedDelegation[];
};

/**
 * What a change of its certificate does to a credential, in the same transaction: suspended or revoked, nothing opens it any
 * more, nobody who is logged in with it stays so, and no delegation rests on it. The lock waits for a signature that is being
 * recorded at this moment; the next one finds the new state.
 */
export const changeCredential = async (
  tx: Tx,
  certificate: { id: string; credentialId: string },
  { change, at }: { change: StateChange; at: Temporal.Instant },
): Promise<ChangedCredential> => {
  const { credentialId } = certificate;
  const { state } = await lockCredential(tx, credentialId);
  if (change === 'resume') {
    const before = await findStateBeforeSuspension(tx, certificate.id);
    await setCredentialState(tx, credentialId, before === 'locked' ? 'locked' : 'active');
    return { was: state, ended: [] };
  }
  await setCredentialState(tx, credentialId, ENDS[change].state);
  await endSessionsOf(tx, credentialId);
  return { was: state, ended: await endDelegationsOf(tx, credentialId, { at, why: ENDS[change].why }) };
};
