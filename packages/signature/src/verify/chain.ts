/**
 * Building and checking a chain from a signer up to a trust anchor (RFC 5280 §6, the part this project's certificates use):
 * names, signatures, basicConstraints with path length, keyUsage, no critical extension that is not understood.
 * Validity in time is not looked at here, so that a verdict may be kept.
 */
import { certificateAlgorithm } from '../algorithms/registry.ts';
import { KEY_USAGE } from '../certificate/extensions.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { sameBytes } from '../der/read-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { remember, type VerificationCache } from './verification-cache.ts';
import type { Reason } from './check-names.ts';

export interface ChainSources {
  readonly trustAnchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  readonly cache: VerificationCache | undefined;
}

export type ChainVerdict =
  | { readonly ok: true; readonly chain: readonly Certificate[] }
  | { readonly ok: false; readonly reason: Reason; readonly isOpen: boolean };

const MAX_DEPTH = 6;
const MAX_STEPS = 32;

const signatureProblem = async (certificate: Certificate, issuer: Certificate): Promise<Reason | null> => {
  try {
    const found = certificateAlgorithm(certificate.signatureAlgorithm, issuer);
    if (!found.ok) return found.reason;
    const isSigned = await found.algorithm.verify(issuer, certificate.tbs, certificate.signature);
    return isSigned ? null : 'issuer_signature_wrong';
  } catch (error) {
    if (error instanceof MalformedError) return 'issuer_signature_wrong';
    throw error;
  }
};

const caProblem = (issuer: Certificate, casBelow: number): Reason | null => {
  if (!issuer.isCa) return 'issuer_not_ca';
  if ((issuer.pathLength ?? casBelow) < casBelow) return 'path_too_long';
  if (issuer.keyUsage === undefined || (issuer.keyUsage & KEY_USAGE.keyCertSign) === 0)
    return 'issuer_key_usage';
  return issuer.unknownCritical.length > 0 ? 'critical_extension_unknown' : null;
};

const search = async (signer: Certificate, sources: ChainSources): Promise<ChainVerdict> => {
  let worst: ChainVerdict = { ok: false, reason: 'issuer_unknown', isOpen: true };
  let stepsLeft = MAX_STEPS;
  const candidates = [...sources.trustAnchors, ...sources.intermediates];
  const climb = async (path: readonly Certificate[]): Promise<readonly Certificate[] | undefined> => {
    const top = path.at(-1) ?? signer;
    if (path.length > MAX_DEPTH) return undefined;
    for (const issuer of candidates) {
      if (path.includes(issuer) || !sameBytes(issuer.subjectRaw, top.issuerRaw)) continue;
      if ((stepsLeft -= 1) < 0) return undefined;
      const problem = caProblem(issuer, path.length - 1) ?? (await signatureProblem(top, issuer));
      if (problem !== null) {
        worst = { ok: false, reason: problem, isOpen: false };
        continue;
      }
      const longer = [...path, issuer];
      const found = sources.trustAnchors.includes(issuer) ? longer : await climb(longer);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const chain = await climb([signer]);
  return chain === undefined ? worst : { ok: true, chain };
};

const includes = (certificates: readonly Certificate[], { sha256 }: Certificate): boolean =>
  certificates.some((one) => one.sha256 === sha256);

// A chain found for other sources counts only where these would lead to it as well.
const isWithin = (chain: readonly Certificate[], { trustAnchors, intermediates }: ChainSources): boolean =>
  chain.every((certificate, index) => {
    if (index === chain.length - 1) return includes(trustAnchors, certificate);
    return index === 0 || includes(intermediates, certificate) || includes(trustAnchors, certificate);
  });

/**
 * The chain of a signer up to one of the trust anchors, or why there is none. A chain once found is kept in the cache. What the
 * signer's own key may be used for is not looked at here.
 */
export const findChain = async (signer: Certificate, sources: ChainSources): Promise<ChainVerdict> => {
  const { cache } = sources;
  const kept = cache?.chains.get(signer.sha256);
  if (kept !== undefined && isWithin(kept, sources)) return { ok: true, chain: kept };
  if (signer.unknownCritical.length > 0)
    return { ok: false, reason: 'critical_extension_unknown', isOpen: false };
  const verdict = await search(signer, sources);
  if (verdict.ok && cache !== undefined) remember(cache.chains, signer.sha256, verdict.chain);
  return verdict;
};

/** Null when every certificate of the chain is valid at the instant, bounds included. */
export const validityProblem = (chain: readonly Certificate[], at: Temporal.Instant): Reason | null => {
  // Certificates count in whole seconds, so comparing milliseconds loses nothing; notAfter names its whole second.
  const now = at.epochMilliseconds;
  if (chain.some(({ notBefore }) => now < notBefore.epochMilliseconds)) return 'not_yet_valid';
  return chain.some(({ notAfter }) => now >= notAfter.epochMilliseconds + 1000) ? 'expired' : null;
};
