import { recordAudit } from '#modules/audit/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { announceFiling } from '#modules/live/index.ts';
import type { AppContext } from '../../context.ts';
import type { Tx } from '../../db/database.ts';
import type { SignedDocument } from './postmark.ts';
import { appendEvent, claimKey, putContents } from './queries.ts';
import type { OfficerSignature } from './sign-report.ts';
import { nextDelivery, type DeliveryState, type SignatureEvent } from './transitions.ts';

export type SignatureStep = {
  filing: { id: string; agency: string; from: DeliveryState };
  /** What must still be so when the step is taken: the draft's version, or the signature that was added to. */
  guard: { version: number } | { signatureSha256: Buffer };
  key: string;
  command: 'send' | 'sign';
  /** Bytes of the report: given by the one who fixed them. */
  report?: { sha256: Buffer; bytes: Uint8Array; context: unknown };
  signature: OfficerSignature;
  event: SignatureEvent;
  postmark?: { document: SignedDocument; at: Temporal.Instant };
};

const moveFiling = async (
  tx: Tx,
  session: ActiveSession,
  step: SignatureStep,
  to: DeliveryState,
): Promise<boolean> => {
  const { filing, guard, report, signature, postmark } = step;
  let update = tx
    .updateTable('filing')
    .set({
      delivery: to,
      signature_sha256: signature.cmsSha256,
      updated_at: (postmark?.at ?? signature.signedAt).toString(),
      ...(report ? { report_sha256: report.sha256, context: JSON.stringify(report.context) } : {}),
      ...(postmark
        ? { signed_at: signature.signedAt.toString(), postmarked_at: postmark.at.toString() }
        : {}),
    })
    .where('id', '=', filing.id)
    .where('company_id', '=', session.companyId)
    .where('delivery', '=', filing.from);
  update =
    'version' in guard
      ? update.where('version', '=', guard.version)
      : update.where('signature_sha256', '=', guard.signatureSha256);
  const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};

const insertSignature = (tx: Tx, session: ActiveSession, filingId: string, signature: OfficerSignature) =>
  tx
    .insertInto('filing_signature')
    .values({
      filing_id: filingId,
      role: session.role,
      officer_id: session.officerId,
      full_name: session.fullName,
      certificate: Buffer.from(signature.certificate.der),
      signed_at: signature.signedAt.toString(),
    })
    .execute();

const insertPostmark = (tx: Tx, filingId: string, { json, signature }: SignedDocument) =>
  tx
    .insertInto('filing_document')
    .values({
      filing_id: filingId,
      kind: 'postmark',
      json: Buffer.from(json),
      signature: Buffer.from(signature),
    })
    .execute();

const auditSignature = (tx: Tx, session: ActiveSession, { filing, signature }: SignatureStep) =>
  recordAudit(tx, {
    chain: session.companyId,
    act: 'signature.made',
    actor: { kind: 'officer', id: session.officerId, name: session.fullName },
    from: session.origin,
    subject: { kind: 'filing', id: filing.id },
    data: {
      role: session.role,
      credentialId: session.credentialId,
      certificateSha256: signature.certificate.sha256,
      signatureSha256: signature.cmsSha256.toString('hex'),
    },
    at: signature.signedAt,
  });

/**
 * Takes one step of signing in the caller's transaction: key, bytes, state, signature, event and, when the last signature is
 * there, postmark and delivery job. False, with nothing done that the caller must not roll back, when the filing has moved.
 */
export const recordSignature = async (
  ctx: Pick<AppContext, 'jobs'>,
  tx: Tx,
  session: ActiveSession,
  step: SignatureStep,
): Promise<boolean> => {
  const { filing, signature, report, postmark } = step;
  const to = nextDelivery(filing.from, step.event);
  if (to === undefined) return false;
  if (
    !(await claimKey(tx, {
      companyId: session.companyId,
      key: step.key,
      command: step.command,
      filingId: filing.id,
    }))
  )
    return false;
  await putContents(tx, [...(report ? [report] : []), { sha256: signature.cmsSha256, bytes: signature.cms }]);
  if (!(await moveFiling(tx, session, step, to))) return false;
  await insertSignature(tx, session, filing.id, signature);
  await appendEvent(tx, {
    filingId: filing.id,
    at: postmark?.at ?? signature.signedAt,
    event: step.event,
    from: filing.from,
    to,
    officerId: session.officerId,
    data: { signatureSha256: signature.cmsSha256.toString('hex') },
  });
  if (postmark) {
    await insertPostmark(tx, filing.id, postmark.document);
    await ctx.jobs.enqueueDelivery(tx, filing);
  }
  await announceFiling(tx, session.companyId, { id: filing.id, delivery: to, check: null });
  await auditSignature(tx, session, step);
  return true;
};
