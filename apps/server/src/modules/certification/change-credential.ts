import { endSessionsOf } from '#modules/sessions/index.ts';
import type { Tx } from '../../db/database.ts';
import type { StateChange } from './certificate-state.ts';
import { findStateBeforeSuspension, lockCredential, setCredentialState } from './queries.ts';

const STATES = { suspend: 'suspended', revoke: 'revoked' } as const;

/**
 * What a change of its certificate does to a credential, in the same transaction: suspended or revoked, nothing opens it any
 * more, and nobody who is logged in with it stays so. Gives the state it had. The lock waits for a signature that is being
 * recorded at this moment; the next one finds the new state.
 */
export const changeCredential = async (
  tx: Tx,
  certificate: { id: string; credentialId: string },
  change: StateChange,
): Promise<string> => {
  const { state } = await lockCredential(tx, certificate.credentialId);
  if (change === 'resume') {
    const before = await findStateBeforeSuspension(tx, certificate.id);
    await setCredentialState(tx, certificate.credentialId, before === 'locked' ? 'locked' : 'active');
    return state;
  }
  await setCredentialState(tx, certificate.credentialId, STATES[change]);
  await endSessionsOf(tx, certificate.credentialId);
  return state;
};
