import { readCertificate, SigningError, type Certificate } from '@sochi/signature';
import { createHash } from 'node:crypto';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { KeystoreError, KeystoreUnavailable } from '../../keys/keystore.ts';
import { signDocument } from '../../keys/sign-document.ts';

export type OfficerSignature = {
  cms: Uint8Array;
  cmsSha256: Buffer;
  certificate: Certificate;
  signedAt: Temporal.Instant;
};

/** The moment as it stands in a signature: CMS knows whole seconds only. */
const wholeSecond = (instant: Temporal.Instant): Temporal.Instant =>
  instant.round({ smallestUnit: 'second', roundingMode: 'trunc' });

/**
 * Signs a report, known by its SHA-256, with the key the officer opened at login; beside the other officer's signature when
 * `addTo` holds one. Refuses with `credential.unusable` or, when the officer signed already, `filing.signature_not_expected`.
 */
export const signReport = async (
  ctx: Pick<AppContext, 'keystore' | 'operator' | 'clock'>,
  session: ActiveSession,
  report: { sha256: Uint8Array; addTo?: Uint8Array },
): Promise<OfficerSignature> => {
  const signedAt = wholeSecond(ctx.clock.now());
  const certificate = readCertificate(session.certificate);
  const proof = {
    kind: 'session',
    grant: session.grant,
    secret: session.secret,
    credentialId: session.credentialId,
  } as const;
  try {
    const cms = await signDocument(ctx.keystore, proof, {
      contentSha256: report.sha256,
      certificate,
      chain: [ctx.operator.issuing],
      signingTime: signedAt,
      ...(report.addTo ? { addTo: report.addTo } : {}),
    });
    return { cms, cmsSha256: createHash('sha256').update(cms).digest(), certificate, signedAt };
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
