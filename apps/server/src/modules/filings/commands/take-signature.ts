import type { FilingDetail } from '@sochi/contract';
import type { FormMeta } from '@sochi/forms-engine';
import type { OfficerRole } from '@sochi/kernel';
import { readCertificate } from '@sochi/signature';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import { makePostmark, type PostmarkedFiling } from '../postmark.ts';
import { listCertificates } from '../queries.ts';
import { recordSignature, type SignatureStep } from '../record-signature.ts';
import { signReport } from '../sign-report.ts';
import { afterSigning, type DeliveryState } from '../transitions.ts';
import { FilingMoved, isRepeat } from './repeat.ts';

export type SigningContext = Pick<AppContext, 'db' | 'clock' | 'keystore' | 'operator' | 'jobs' | 'metrics'>;

export type SignatureTaking = {
  filing: Pick<PostmarkedFiling, 'id' | 'number' | 'formId' | 'period' | 'agency'> & { from: DeliveryState };
  meta: Pick<FormMeta, 'requiredSigners'>;
  profile: FilingDetail['context']['profile'];
  reportSha256: Buffer;
  /** The signatures so far; none for a draft. */
  earlierCms?: Uint8Array;
  record: Pick<SignatureStep, 'guard' | 'key' | 'command' | 'report'>;
};

const certificatesByRole = async (
  ctx: SigningContext,
  session: ActiveSession,
  taking: SignatureTaking,
  own: string,
) => {
  const earlier = taking.earlierCms ? await listCertificates(ctx.db, taking.filing.id) : [];
  const fingerprints = earlier.map(
    ({ role, certificate }) => [role, readCertificate(certificate).sha256] as const,
  );
  // Only officers sign, and a check constraint keeps their roles to the two.
  return Object.fromEntries([...fingerprints, [session.role, own]]) as Partial<Record<OfficerRole, string>>;
};

const buildPostmark = async (
  ctx: SigningContext,
  taking: SignatureTaking,
  signed: Pick<PostmarkedFiling, 'certificates' | 'signatureSha256' | 'signedAt'>,
): Promise<NonNullable<SignatureStep['postmark']>> => {
  const at = ctx.clock.now();
  const document = await makePostmark(ctx, {
    ...taking.filing,
    ...signed,
    office: taking.profile.officeCode,
    companyInn: taking.profile.inn,
    reportSha256: taking.reportSha256,
    required: taking.meta.requiredSigners,
    postmarkedAt: at,
  });
  return { at, document };
};

/**
 * Signs as this officer and records it; with the last signature the report is postmarked and queued in the same transaction.
 * Keys and postmark are used before the transaction begins, and it is taken only if the filing is still as it was then.
 */
export const takeSignature = async (
  ctx: SigningContext,
  session: ActiveSession,
  taking: SignatureTaking,
): Promise<void> => {
  const started = ctx.clock.now();
  const signature = await signReport(ctx, session, {
    sha256: taking.reportSha256,
    ...(taking.earlierCms ? { addTo: taking.earlierCms } : {}),
  });
  const certificates = await certificatesByRole(ctx, session, taking, signature.certificate.sha256);
  // Object.keys forgets that the keys are roles.
  const event = afterSigning(Object.keys(certificates) as OfficerRole[], taking.meta.requiredSigners);
  const signed = { certificates, signatureSha256: signature.cmsSha256, signedAt: signature.signedAt };
  const postmark = event === 'postmark' ? { postmark: await buildPostmark(ctx, taking, signed) } : {};
  const { id, agency, from } = taking.filing;
  try {
    await inTransaction(ctx.db, async (tx) => {
      const step = { ...taking.record, filing: { id, agency, from }, signature, event, ...postmark };
      if (!(await recordSignature(ctx, tx, session, step))) throw new FilingMoved();
    });
  } catch (error) {
    if (!(error instanceof FilingMoved)) throw error;
    if (await isRepeat(ctx, session, { ...taking.record, filingId: id })) return;
    throw new AppError('filing.changed_meanwhile', {}, { cause: error });
  }
  if (event === 'postmark')
    ctx.metrics.postmarkSeconds.observe(started.until(ctx.clock.now()).total('seconds'));
};
