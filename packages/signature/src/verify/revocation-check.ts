import type { Certificate } from '../certificate/certificate.ts';
import { revocationAt, type RevocationSources, type RevocationVerdict } from '../revocation/revocation-at.ts';
import type { Reason } from './check-names.ts';
import type { VerificationCache } from './verification-cache.ts';
import { checkOf, type Check } from './verification-report.ts';

export interface RevocationPolicy extends RevocationSources {
  /** True: a certificate nothing is known about leaves the verdict open. */
  readonly required?: boolean;
}

interface Outcome {
  readonly reason: Reason | null;
  readonly isOpen?: boolean;
  readonly detail?: string;
}

const unknownReason = (why: Extract<RevocationVerdict, { status: 'unknown' }>['why']): Reason => {
  if (why === 'none' || why === 'responder_does_not_know') return 'revocation_unknown';
  return why === 'stale' || why === 'issued_after_expiry' ? 'revocation_stale' : 'revocation_not_accepted';
};

const outcomeOf = (verdict: RevocationVerdict, isSigner: boolean): Outcome => {
  switch (verdict.status) {
    case 'good':
      return { reason: null };
    case 'revoked':
      return { reason: isSigner ? 'revoked' : 'issuer_revoked', detail: verdict.reason };
    case 'suspended':
      return { reason: isSigner ? 'suspended' : 'issuer_revoked', detail: 'certificateHold' };
    case 'unknown':
      return { reason: unknownReason(verdict.why), isOpen: true, detail: verdict.why };
  }
};

/**
 * No certificate below the trust anchor was revoked or on hold at the instant. Undefined when nothing is known about some of
 * them and nothing has to be.
 */
export const revocationCheck = async (
  chain: readonly Certificate[],
  at: Temporal.Instant,
  policy: RevocationPolicy,
  context: { readonly signer: number; readonly cache: VerificationCache | undefined },
): Promise<Check | undefined> => {
  const verdicts = await Promise.all(
    chain.slice(0, -1).map(async (certificate, index) => {
      // A chain leads from each certificate to its issuer.
      const issuer = chain[index + 1] ?? certificate;
      const verdict = await revocationAt({ certificate, issuer, at, sources: policy, cache: context.cache });
      return outcomeOf(verdict, index === 0);
    }),
  );
  const { signer } = context;
  const failed = verdicts.find(({ reason, isOpen }) => reason !== null && isOpen !== true);
  if (failed !== undefined) return checkOf('revocation', failed.reason, { signer, ...failed });
  const open = verdicts.find(({ reason }) => reason !== null);
  if (open === undefined) return checkOf('revocation', null, { signer });
  return policy.required === true ? checkOf('revocation', open.reason, { signer, ...open }) : undefined;
};
