import { readCertificate, SigningError, type Certificate } from '@sochi/signature';
import { createHash } from 'node:crypto';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { KeystoreError, KeystoreUnavailable, type Proof } from '../../keys/keystore.ts';
import { signDocument } from '../../keys/sign-document.ts';

export type OfficerSignature = {
  cms: Uint8Array;
  cmsSha256: Buffer;
  certificate: Certificate;
  signedAt: Temporal.Instant;
};

/** Whose signature is made, with what opens the key. */
export type ReportSigner = { proof: Proof; certificate: Certificate; claimedRole?: string };

/** A report by its SHA-256; `addTo` holds the other officer's signature when there is one. */
export type ReportToSign = { sha256: Uint8Array; addTo?: Uint8Array };

type SigningContext = Pick<AppContext, 'keystore' | 'operator' | 'clock' | 'timestamps'>;

/** The moment as it stands in a signature: CMS knows whole seconds only. */
const wholeSecond = (instant: Temporal.Instant): Temporal.Instant =>
  instant.round({ smallestUnit: 'second', roundingMode: 'trunc' });

/**
 * Signs a report and has the signature timestamped. Throws KeystoreError when the proof does not open the key, SigningError when
 * this signer is there already.
 */
export const signAs = async (
  ctx: SigningContext,
  signer: ReportSigner,
  report: ReportToSign,
): Promise<OfficerSignature> => {
  const { proof, ...who } = signer;
  const signedAt = wholeSecond(ctx.clock.now());
  const cms = await signDocument(ctx, proof, {
    ...who,
    contentSha256: report.sha256,
    chain: [ctx.operator.issuing],
    signingTime: signedAt,
    ...(report.addTo ? { addTo: report.addTo } : {}),
  });
  return {
    cms,
    cmsSha256: createHash('sha256').update(cms).digest(),
    certificate: signer.certificate,
    signedAt,
  };
};

/**
 * Signs a report with the key the officer opened at login. Refuses with `credential.unusable` or, when the officer signed
 * already, `filing.signature_not_expected`.
 */
export const signReport = async (
  ctx: SigningContext,
  session: ActiveSession,
  report: ReportToSign,
): Promise<OfficerSignature> => {
  const { grant, secret, credentialId } = session;
  const certificate = readCertificate(session.certificate);
  try {
    return await signAs(
      ctx,
      { certificate, proof: { kind: 'session', grant, secret, credentialId } },
      report,
    );
  } catch (cause) {
    if (cause instanceof KeystoreUnavailable) throw cause;
    if (cause instanceof KeystoreError)
      throw new AppError('credential.unusable', { reason: 'key_does_not_open' }, { cause });
    if (cause instanceof SigningError && cause.code === 'duplicate_signer') {
      throw new AppError('filing.signature_not_expected', {}, { cause });
    }
    throw cause;
  }
};
