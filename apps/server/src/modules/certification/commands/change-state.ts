import type { RevocationReason } from '@sochi/contract';
import { AppError } from '../../../app-error.ts';
import { inTransaction } from '../../../db/database.ts';
import { checkDocuments } from '../basis-documents.ts';
import type { CentreContext } from '../centre-context.ts';
import { publishAtOnce } from '../publish-revocation-lists.ts';
import { findCertificate, isServiceCertificate, type CertificateRow } from '../queries.ts';
import type { Basis } from '../record-certificate.ts';
import { recordChange, type Change } from '../record-change.ts';
import { once } from './once.ts';

const check = async (ctx: CentreContext, row: CertificateRow, at: Temporal.Instant): Promise<void> => {
  if (Temporal.Instant.compare(row.valid_to, at) <= 0)
    throw new AppError('certificate.ended', { since: row.valid_to.toString() });
  if (await isServiceCertificate(ctx.db, row.der)) throw new AppError('certificate.in_use', {});
};

/** One change of a certificate's state: recorded with all it ends, then published. Gives the certificate's id. */
const changeState = (ctx: CentreContext, id: string, change: Change): Promise<string> =>
  once(ctx, { act: change.change, basis: change.basis, certificateId: id }, async () => {
    checkDocuments(change.change, change.basis.documents);
    const row = await findCertificate(ctx.db, id);
    if (!row) throw new AppError('certificate.not_found', {});
    await check(ctx, row, ctx.clock.now());
    await inTransaction(ctx.db, (tx) => recordChange(ctx, tx, row, change));
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

/**
 * Revokes a certificate for ever, and with a credential's own certificate the credential. A compromised key (`keyCompromise`) takes
 * along every certificate for it, an earlier one's successor among them.
 */
export const revoke = (
  ctx: CentreContext,
  basis: Basis,
  input: { id: string; reason: RevocationReason },
): Promise<string> => changeState(ctx, input.id, { change: 'revoke', reason: input.reason, basis });
