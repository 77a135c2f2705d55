import type { FilingDetail, NotOnBehalf } from '@sochi/contract';
import type { FormMeta } from '@sochi/forms-engine';
import type { OfficerRole } from '@sochi/kernel';
import { readCertificate, type Certificate } from '@sochi/signature';
import { DelegationEnded } from '#modules/delegations/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import { makePostmark, type PostmarkedFiling } from '../postmark.ts';
import { listCertificates } from '../queries.ts';
import { recordSignature, type SignatureStep } from '../record-signature.ts';
import { signOnBehalf, type HeadSignature, type SigningOnBehalf } from '../sign-on-behalf.ts';
import { signReport, type OfficerSignature } from '../sign-report.ts';
import { afterSigning, type DeliveryState } from '../transitions.ts';
import { FilingMoved, isRepeat } from './repeat.ts';

export type SigningContext = SigningOnBehalf & Pick<AppContext, 'jobs'>;

export type SignatureTaking = {
  filing: Pick<PostmarkedFiling, 'id' | 'number' | 'formId' | 'period' | 'agency'> & { from: DeliveryState };
  meta: Pick<FormMeta, 'requiredSigners'>;
  profile: FilingDetail['context']['profile'];
  reportSha256: Buffer;
  /** In tyiyn; null when the form does not say what its tax is. */
  taxDue: number | null;
  /** The signatures so far; none for a draft. */
  earlierCms?: Uint8Array;
  record: Pick<SignatureStep, 'guard' | 'key' | 'command' | 'report'>;
};

type Certificates = Partial<Record<OfficerRole, Certificate>>;
/** What one step would record: the last signature, and what follows from it. */
type Outcome = Pick<SignatureStep, 'signature' | 'onBehalf' | 'notOnBehalf' | 'event' | 'postmark'>;

const earlierCertificates = async (ctx: SigningContext, taking: SignatureTaking): Promise<Certificates> => {
  const earlier = taking.earlierCms ? await listCertificates(ctx.db, taking.filing.id) : [];
  return Object.fromEntries(
    earlier.map(({ role, certificate }) => [role, readCertificate(certificate)] as const),
  );
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

/** What follows from these certificates having signed, `last` being the whole of the signatures. */
const outcomeOf = async (
  ctx: SigningContext,
  taking: SignatureTaking,
  certificates: Certificates,
  last: OfficerSignature,
): Promise<Pick<SignatureStep, 'event' | 'postmark'>> => {
  // Object.keys forgets that the keys are roles.
  const event = afterSigning(Object.keys(certificates) as OfficerRole[], taking.meta.requiredSigners);
  if (event !== 'postmark') return { event };
  const signed = { certificates, signatureSha256: last.cmsSha256, signedAt: last.signedAt };
  return { event, postmark: await buildPostmark(ctx, taking, signed) };
};

/** The head's signature by delegation, where the officer is the accountant and it is all that is missing. */
const headSignature = (
  ctx: SigningContext,
  session: ActiveSession,
  taking: SignatureTaking,
  own: OfficerSignature,
) =>
  signOnBehalf(ctx, session, {
    sha256: taking.reportSha256,
    addTo: own.cms,
    question: { formId: taking.filing.formId, period: taking.filing.period, taxDue: taking.taxDue },
  });

/** In the order in which they are tried: the later one is for when the delegation has ended meanwhile. */
const possibleOutcomes = async (
  ctx: SigningContext,
  session: ActiveSession,
  taking: SignatureTaking,
): Promise<{ first: Outcome; withoutDelegation?: Outcome }> => {
  const { reportSha256, earlierCms } = taking;
  const own = await signReport(ctx, session, {
    sha256: reportSha256,
    ...(earlierCms ? { addTo: earlierCms } : {}),
  });
  const certificates = {
    ...(await earlierCertificates(ctx, taking)),
    [session.role]: own.certificate,
  };
  const plain: Outcome = { signature: own, ...(await outcomeOf(ctx, taking, certificates, own)) };
  const lacking = (why: NotOnBehalf): Outcome => ({ ...plain, notOnBehalf: why });
  if (plain.event !== 'await_head') return { first: plain };
  const head = await headSignature(ctx, session, taking, own);
  if (!head) return { first: plain };
  if (!head.ok) return { first: lacking(head.why) };
  const onBehalf: HeadSignature = head.signature;
  const withHead = { ...certificates, head: onBehalf.certificate };
  return {
    first: { signature: own, onBehalf, ...(await outcomeOf(ctx, taking, withHead, onBehalf)) },
    withoutDelegation: lacking('ended'),
  };
};

const record = async (
  ctx: SigningContext,
  session: ActiveSession,
  taking: SignatureTaking,
  outcome: Outcome,
): Promise<void> => {
  const { id, agency, from } = taking.filing;
  try {
    await inTransaction(ctx.db, async (tx) => {
      const step = { ...taking.record, filing: { id, agency, from }, ...outcome };
      if (!(await recordSignature(ctx, tx, session, step))) throw new FilingMoved();
    });
  } catch (error) {
    if (!(error instanceof FilingMoved)) throw error;
    if (await isRepeat(ctx, session, { ...taking.record, filingId: id })) return;
    throw new AppError('filing.changed_meanwhile', {}, { cause: error });
  }
};

/**
 * Signs as this officer, and for the head too where a delegation reaches the report, and records it; with the last signature the
 * report is postmarked and queued in the same transaction. Keys and postmark are used before the transaction begins, and it is
 * taken only if the filing is still as it was then. When the delegation has ended meanwhile, nothing made by it is recorded, and
 * the report waits for the head.
 */
export const takeSignature = async (
  ctx: SigningContext,
  session: ActiveSession,
  taking: SignatureTaking,
): Promise<void> => {
  const started = ctx.clock.now();
  const { first, withoutDelegation } = await possibleOutcomes(ctx, session, taking);
  let taken = first;
  try {
    await record(ctx, session, taking, first);
  } catch (error) {
    if (!(error instanceof DelegationEnded) || !withoutDelegation) throw error;
    taken = withoutDelegation;
    await record(ctx, session, taking, withoutDelegation);
  }
  if (taken.event === 'postmark')
    ctx.metrics.postmarkSeconds.observe(started.until(ctx.clock.now()).total('seconds'));
};
