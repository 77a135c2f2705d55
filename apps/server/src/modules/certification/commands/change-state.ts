import type { RevocationReason } from '@sochi/contract';
import { auditEnded } from '#modules/delegations/index.ts';
import { AppError } from '../../../app-error.ts';
import { inTransaction, type Tx } from '../../../db/database.ts';
import { auditAct, auditedBy } from '../audit-act.ts';
import { checkDocuments } from '../basis-documents.ts';
import type { CentreContext } from '../centre-context.ts';
import { nextState, type CertificateState, type StateChange } from '../certificate-state.ts';
import { changeCredential } from '../change-credential.ts';
import { publishAtOnce } from '../publish-revocation-lists.ts';
import {
  findCertificate,
  insertAct,
  isServiceCertificate,
  lockCertificatesOf,
  moveCertificate,
  type CertificateRow,
} from '../queries.ts';
import type { Basis } from '../record-certificate.ts';
import { once } from './once.ts';

type Change = {
  change: StateChange;
  /** In the words of RFC 5280; null for the end of a suspension. */
  reason: RevocationReason | 'certificateHold' | null;
  basis: Basis;
  at: Temporal.Instant;
};

/** The credential that signs with this certificate now; null for an earlier one, and for one that is no credential's. */
const ownCredential = (row: CertificateRow): string | null =>
  row.credential_serial === row.serial ? row.credential_id : null;

/** What a change touches: the certificate, and with a credential's own certificate every earlier one that has not ended. */
const affected = async (
  tx: Tx,
  row: CertificateRow,
  { change, at }: Change,
): Promise<{ id: string; from: CertificateState; to: CertificateState }[]> => {
  // A check constraint keeps the column to the states.
  const from = row.state as CertificateState;
  const to = nextState(from, change);
  if (!to) throw new AppError('certificate.wrong_state', { state: from });
  const own = { id: row.id, from, to };
  const credentialId = ownCredential(row);
  if (!credentialId) return [own];
  const earlier = (await lockCertificatesOf(tx, credentialId, at)).flatMap((other) => {
    const before = other.state as CertificateState;
    const after = nextState(before, change);
    return after && other.id !== row.id ? [{ id: other.id, from: before, to: after }] : [];
  });
  return [own, ...earlier];
};

const check = async (ctx: CentreContext, row: CertificateRow, at: Temporal.Instant): Promise<void> => {
  if (Temporal.Instant.compare(row.valid_to, at) <= 0)
    throw new AppError('certificate.ended', { since: row.valid_to.toString() });
  if (await isServiceCertificate(ctx.db, row.der)) throw new AppError('certificate.in_use', {});
};

const record = async (tx: Tx, row: CertificateRow, change: Change): Promise<void> => {
  const { basis, at, reason } = change;
  const credentialId = ownCredential(row);
  const credential = credentialId
    ? await changeCredential(tx, { id: row.id, credentialId }, change)
    : undefined;
  for (const { id, from, to } of await affected(tx, row, change)) {
    if (!(await moveCertificate(tx, { id, from, to, reason, at })))
      throw new AppError('certificate.changed_meanwhile', {});
    await insertAct(tx, {
      act: change.change,
      certificateId: id,
      officerId: basis.officer?.id ?? null,
      reason,
      documents: basis.documents,
      credentialWas: credential?.was ?? null,
      // Once for the whole act: a repeat finds the certificate it was ordered for.
      idempotencyKey: id === row.id ? basis.idempotencyKey : null,
      at,
    });
  }
  await auditAct(tx, {
    act: change.change,
    certificate: row,
    companyId: row.company_id,
    officer: basis.officer,
    reason,
    documents: basis.documents.length,
    at,
  });
  await auditEnded(tx, credential?.ended ?? [], auditedBy(basis.officer));
};

/** One change of a certificate's state: recorded with all it ends, then published. Gives the certificate's id. */
const changeState = (ctx: CentreContext, id: string, change: Omit<Change, 'at'>): Promise<string> =>
  once(ctx, { act: change.change, basis: change.basis, certificateId: id }, async () => {
    checkDocuments(change.change, change.basis.documents);
    const row = await findCertificate(ctx.db, id);
    if (!row) throw new AppError('certificate.not_found', {});
    const at = ctx.clock.now();
    await check(ctx, row, at);
    await inTransaction(ctx.db, (tx) => record(tx, row, { ...change, at }));
    await publishAtOnce(ctx);
    return id;
  });

/**
 * Suspends a certificate at once, on a telephone call if need be: with a credential's own certificate its sessions, delegations
 * and the power to sign end in the same transaction.
 */
export const suspend = (ctx: CentreContext, basis: Basis, id: string): Promise<string> =>
  changeState(ctx, id, { change: 'suspend', reason: 'certificateHold', basis });

/** Ends a suspension; a credential that was locked before is locked again. Delegations stay ended: the head grants anew. */
export const resume = (ctx: CentreContext, basis: Basis, id: string): Promise<string> =>
  changeState(ctx, id, { change: 'resume', reason: null, basis });

/** Revokes a certificate for ever, and with a credential's own certificate the credential. */
export const revoke = (
  ctx: CentreContext,
  basis: Basis,
  input: { id: string; reason: RevocationReason },
): Promise<string> => changeState(ctx, input.id, { change: 'revoke', reason: input.reason, basis });
