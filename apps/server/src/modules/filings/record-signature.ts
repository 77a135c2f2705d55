import type { NotOnBehalf } from '@sochi/contract';
import { recordAudit } from '#modules/audit/index.ts';
import { auditUse, claimDelegation, noteUse } from '#modules/delegations/index.ts';
import { holdActiveCredential, holdSession, type ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../app-error.ts';
import { announceFiling } from '#modules/live/index.ts';
import type { AppContext } from '../../context.ts';
import type { Tx } from '../../db/database.ts';
import type { ProvenDocument } from './proven-document.ts';
import { appendEvent, claimKey, insertDocument, putContents } from './queries.ts';
import type { HeadSignature } from './sign-on-behalf.ts';
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
  /** The officer's own. */
  signature: OfficerSignature;
  /** The head's, made by delegation beside the officer's own. */
  onBehalf?: HeadSignature;
  /** Why the head was not signed for although there is a delegation. */
  notOnBehalf?: NotOnBehalf;
  event: SignatureEvent;
  postmark?: { document: ProvenDocument; at: Temporal.Instant };
};

/** The one that holds all signatures made so far. */
const lastOf = ({ signature, onBehalf }: SignatureStep): OfficerSignature => onBehalf ?? signature;

const moveFiling = async (
  tx: Tx,
  session: ActiveSession,
  step: SignatureStep,
  to: DeliveryState,
): Promise<boolean> => {
  const { filing, guard, report, postmark, notOnBehalf } = step;
  const { cmsSha256, signedAt } = lastOf(step);
  let update = tx
    .updateTable('filing')
    .set({
      delivery: to,
      signature_sha256: cmsSha256,
      updated_at: (postmark?.at ?? signedAt).toString(),
      not_on_behalf: notOnBehalf ?? null,
      ...(report ? { report_sha256: report.sha256, context: JSON.stringify(report.context) } : {}),
      ...(postmark ? { signed_at: signedAt.toString(), postmarked_at: postmark.at.toString() } : {}),
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

const insertSignatures = (tx: Tx, session: ActiveSession, { filing, signature, onBehalf }: SignatureStep) => {
  const own = {
    filing_id: filing.id,
    role: session.role as string,
    officer_id: session.officerId as string,
    full_name: session.fullName,
    certificate: Buffer.from(signature.certificate.der),
    signed_at: signature.signedAt.toString(),
  };
  const head = onBehalf && {
    filing_id: filing.id,
    role: 'head',
    officer_id: onBehalf.key.head.officerId,
    full_name: onBehalf.key.head.fullName,
    certificate: Buffer.from(onBehalf.certificate.der),
    signed_at: onBehalf.signedAt.toString(),
    delegation_id: onBehalf.key.delegation.id,
    delegate_full_name: session.fullName,
  };
  return tx
    .insertInto('filing_signature')
    .values(head ? [own, head] : [own])
    .execute();
};

/** What the evidence and the head will want to know of a signature made by delegation. */
const keepUse = async (
  tx: Tx,
  session: ActiveSession,
  filing: SignatureStep['filing'],
  { key, taxDue, signedAt, revocation }: HeadSignature,
): Promise<void> => {
  const { id, record, signature } = key.delegation;
  await noteUse(tx, key, { filingId: filing.id, at: signedAt, taxDue });
  await insertDocument(tx, filing.id, 'delegation', { json: record, signature, revocation });
  await appendEvent(tx, {
    filingId: filing.id,
    at: signedAt,
    event: 'sign_on_behalf',
    from: filing.from,
    to: filing.from,
    officerId: session.officerId,
    note: key.head.fullName,
    data: { delegationId: id, headOfficerId: key.head.officerId },
  });
};

const auditSignature = (tx: Tx, session: ActiveSession, step: SignatureStep) => {
  const { filing, signature } = step;
  return recordAudit(tx, {
    chain: session.companyId,
    act: 'signature.made',
    actor: { kind: 'officer', id: session.officerId, name: session.fullName },
    from: session.origin,
    subject: { kind: 'filing', id: filing.id },
    data: {
      role: session.role,
      credentialId: session.credentialId,
      certificateSha256: signature.certificate.sha256,
      signatureSha256: lastOf(step).cmsSha256.toString('hex'),
    },
    at: signature.signedAt,
  });
};

/**
 * Takes one step of signing in the caller's transaction: key, bytes, state, signatures, events and, when the last signature is
 * there, postmark and delivery job. False, with nothing done that the caller must not roll back, when the filing has moved;
 * throws DelegationEnded when a signature was made by a delegation that is no more, and refuses with `credential.unusable` when
 * the officer's credential was suspended or revoked while it signed.
 */
export const recordSignature = async (
  ctx: Pick<AppContext, 'jobs'>,
  tx: Tx,
  session: ActiveSession,
  step: SignatureStep,
): Promise<boolean> => {
  const { filing, onBehalf, report, postmark, key, command } = step;
  const { cms, cmsSha256, signedAt } = lastOf(step);
  const to = nextDelivery(filing.from, step.event);
  if (to === undefined) return false;
  const at = postmark?.at ?? signedAt;
  if (!(await holdActiveCredential(tx, session.credentialId)))
    throw new AppError('credential.unusable', { reason: 'not_active' });
  // A grant dies with its session: what it was used for at that very moment is not kept.
  if (!(await holdSession(tx, session.id))) throw new AppError('session.expired', {});
  if (onBehalf) await claimDelegation(tx, onBehalf.key, at);
  if (!(await claimKey(tx, { companyId: session.companyId, key, command, filingId: filing.id })))
    return false;
  await putContents(tx, [...(report ? [report] : []), { sha256: cmsSha256, bytes: cms }]);
  if (!(await moveFiling(tx, session, step, to))) return false;
  await insertSignatures(tx, session, step);
  if (onBehalf) await keepUse(tx, session, filing, onBehalf);
  await appendEvent(tx, {
    filingId: filing.id,
    at,
    event: step.event,
    from: filing.from,
    to,
    officerId: session.officerId,
    data: {
      signatureSha256: cmsSha256.toString('hex'),
      ...(step.notOnBehalf ? { notOnBehalf: step.notOnBehalf } : {}),
    },
  });
  if (postmark) {
    await insertDocument(tx, filing.id, 'postmark', postmark.document);
    await ctx.jobs.enqueueDelivery(tx, filing);
  }
  const delegate = onBehalf ? { delegate: session.fullName } : {};
  await announceFiling(tx, session.companyId, { id: filing.id, delivery: to, check: null, ...delegate });
  await auditSignature(tx, session, step);
  if (onBehalf)
    await auditUse(tx, session, onBehalf.key, {
      filingId: filing.id,
      at: signedAt,
      signatureSha256: cmsSha256,
    });
  return true;
};
