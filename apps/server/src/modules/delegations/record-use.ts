import { recordAudit } from '#modules/audit/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import type { Tx } from '../../db/database.ts';
import type { BorrowedKey } from './borrow-head-key.ts';
import { holdDelegation, insertUse } from './queries.ts';

/** Thrown inside a transaction to roll it back when the delegation ended under our hands; never leaves the command. */
export class DelegationEnded extends Error {}

/**
 * First in the transaction that records a signature made on behalf: holds the delegation, so that its end waits for the commit.
 * Throws DelegationEnded when it has ended, or expires before `at`: nothing signed by it may be kept then.
 */
export const claimDelegation = async (tx: Tx, key: BorrowedKey, at: Temporal.Instant): Promise<void> => {
  const { id, expiresAt } = key.delegation;
  if (Temporal.Instant.compare(at, expiresAt) >= 0 || !(await holdDelegation(tx, id)))
    throw new DelegationEnded();
};

/** Notes a use for the head to see. */
export const noteUse = async (
  tx: Tx,
  key: BorrowedKey,
  use: { filingId: string; at: Temporal.Instant; taxDue: number | null },
): Promise<void> => {
  const { id, companyId } = key.delegation;
  await insertUse(tx, {
    delegationId: id,
    companyId,
    filingId: use.filingId,
    usedAt: use.at,
    taxDue: use.taxDue,
  });
};

/** Last in the transaction: who signed as whom goes into the company's audit trail. */
export const auditUse = async (
  tx: Tx,
  session: ActiveSession,
  key: BorrowedKey,
  use: { filingId: string; at: Temporal.Instant; signatureSha256: Uint8Array },
): Promise<void> => {
  await recordAudit(tx, {
    chain: session.companyId,
    act: 'signature.made_on_behalf',
    actor: { kind: 'officer', id: session.officerId, name: session.fullName },
    from: session.origin,
    onBehalfOf: key.head.officerId,
    subject: { kind: 'filing', id: use.filingId },
    data: {
      delegationId: key.delegation.id,
      certificateSha256: key.certificate.sha256,
      signatureSha256: Buffer.from(use.signatureSha256).toString('hex'),
    },
    at: use.at,
  });
};
