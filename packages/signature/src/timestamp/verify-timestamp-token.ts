/**
 * Is a timestamp to be believed? Everything about its authority is judged at the token's own time: its certificate may have
 * expired since. A key that was lost makes every token doubtful that was ever made with it (RFC 3161 §4), so a revocation for
 * such a reason counts even when it is later.
 */
import { digestForOid } from '../algorithms/digest-algorithm.ts';
import { signerAlgorithm } from '../algorithms/registry.ts';
import { namesWeakDigest } from '../algorithms/weak-digests.ts';
import { KEY_USAGE } from '../certificate/extensions.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { namesCertificate } from '../cms/signed-attributes.ts';
import { sameBytes } from '../der/read-values.ts';
import { derOid } from '../der/write-der.ts';
import { MalformedError } from '../malformed-error.ts';
import { OID } from '../oids.ts';
import { revocationAt, type RevocationSources } from '../revocation/revocation-at.ts';
import { isHarmless } from '../revocation/revocation-reason.ts';
import { findChain, validityProblem } from '../verify/chain.ts';
import { readCertificateCached, type VerificationCache } from '../verify/verification-cache.ts';
import { readTimestampToken, type TimestampToken } from './read-timestamp-token.ts';
import { asInteger } from './timestamp-request.ts';

export const TIMESTAMP_PROBLEMS = [
  'malformed',
  'other_data',
  'digest_weak',
  'algorithm_unsupported',
  'nonce_differs',
  'certificate_missing',
  'signature_wrong',
  'names_other_certificate',
  'authority_unknown',
  'chain_broken',
  'unused_certificate',
  'wrong_key_usage',
  'not_yet_valid',
  'expired',
  'revoked',
  'revocation_unknown',
] as const;
export type TimestampProblem = (typeof TIMESTAMP_PROBLEMS)[number];

export type TimestampVerdict =
  | {
      readonly ok: true;
      readonly genTime: Temporal.Instant;
      /** The authority's. */
      readonly certificate: Certificate;
      /** The authority's first, trust anchor last. */
      readonly chain: readonly Certificate[];
      readonly token: TimestampToken;
    }
  | {
      readonly ok: false;
      readonly reason: TimestampProblem;
      /** What exactly was wrong with the chain, or the MalformedError's code; else null. */
      readonly detail: string | null;
    };

export interface TimestampQuestion {
  /** TimeStampToken, DER. */
  readonly token: Uint8Array;
  /** The bytes that must have been stamped: for CAdES-T the signature's value. */
  readonly digestOf: Uint8Array;
  /** Where the token answers a request of one's own: what it must repeat. */
  readonly nonce?: Uint8Array | undefined;
  readonly trustAnchors: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
  /** With `required`, an authority about which nothing is known at the time of the token is refused. */
  readonly revocation?: (RevocationSources & { readonly required?: boolean }) | undefined;
  readonly cache?: VerificationCache | undefined;
}

type Refused = Extract<TimestampVerdict, { readonly ok: false }>;

const refused = (reason: TimestampProblem, detail: string | null = null): Refused => ({
  ok: false,
  reason,
  detail,
});

const imprintProblem = (token: TimestampToken, { digestOf, nonce }: TimestampQuestion): Refused | null => {
  const digest = digestForOid(token.digestOid);
  if (digest === undefined)
    return refused(namesWeakDigest(derOid(token.digestOid)) ? 'digest_weak' : 'algorithm_unsupported');
  if (!sameBytes(digest.digest(digestOf), token.digest)) return refused('other_data');
  if (nonce === undefined) return null;
  return token.nonce !== undefined && sameBytes(asInteger(nonce), token.nonce)
    ? null
    : refused('nonce_differs');
};

const signatureProblem = async (
  { signerInfo, info }: TimestampToken,
  certificate: Certificate,
): Promise<Refused | null> => {
  const found = signerAlgorithm(signerInfo, certificate);
  if (!found.ok) {
    if (found.reason === 'weak_digest') return refused('digest_weak');
    const isUnknown = found.reason === 'unsupported_algorithm' || found.reason === 'unsupported_digest';
    return refused(isUnknown ? 'algorithm_unsupported' : 'signature_wrong', found.reason);
  }
  const { algorithm } = found;
  if (!sameBytes(algorithm.digest.digest(info), signerInfo.attributes.messageDigest))
    return refused('signature_wrong', 'content_altered');
  const isSigned = await algorithm.verify(certificate, signerInfo.toBeSigned, signerInfo.signature);
  return isSigned ? null : refused('signature_wrong');
};

const namingProblem = ({ signerInfo }: TimestampToken, certificate: Certificate): Refused | null => {
  const { signingCertificate, namesBySha1 } = signerInfo.attributes;
  if (signingCertificate === undefined)
    return refused(namesBySha1 ? 'digest_weak' : 'names_other_certificate');
  return namesCertificate(signingCertificate, certificate) ? null : refused('names_other_certificate');
};

// RFC 3161 §2.3: the purpose stands alone and is critical, so that the key can be used for nothing else.
const usageProblem = ({ extendedKeyUsage, keyUsage, isCa }: Certificate): Refused | null => {
  const others = ~(KEY_USAGE.digitalSignature | KEY_USAGE.nonRepudiation);
  const isFit =
    extendedKeyUsage?.isCritical === true &&
    extendedKeyUsage.purposes.length === 1 &&
    extendedKeyUsage.purposes[0] === OID.timeStamping &&
    !isCa &&
    (keyUsage === undefined || (keyUsage & others) === 0);
  return isFit ? null : refused('wrong_key_usage');
};

const revocationProblem = async (
  chain: readonly Certificate[],
  at: Temporal.Instant,
  { revocation: sources, cache }: TimestampQuestion,
): Promise<Refused | null> => {
  if (sources === undefined) return null;
  for (const [depth, certificate] of chain.entries()) {
    const issuer = chain[depth + 1];
    if (issuer === undefined) return null;
    const verdict = await revocationAt({ certificate, issuer, at, sources, cache });
    if (verdict.status === 'revoked' || verdict.status === 'suspended')
      return refused('revoked', verdict.status);
    if (verdict.status === 'unknown' && sources.required === true)
      return refused('revocation_unknown', verdict.why);
    const later = verdict.status === 'good' && depth === 0 ? verdict.revokedLater : null;
    if (later !== null && !isHarmless(later.reason)) return refused('revoked', later.reason);
  }
  return null;
};

const authorityOf = (
  { issuerRaw, serialRaw }: TimestampToken['signerInfo'],
  certificates: readonly Certificate[],
): Certificate | undefined =>
  certificates.find((one) => sameBytes(one.issuerRaw, issuerRaw) && sameBytes(one.serialRaw, serialRaw));

const verifyRead = async (token: TimestampToken, question: TimestampQuestion): Promise<TimestampVerdict> => {
  const { trustAnchors, cache } = question;
  const carried = token.certificates.map((der) => readCertificateCached(der, cache));
  const intermediates = [...carried, ...question.intermediates];
  const unfit = imprintProblem(token, question);
  if (unfit !== null) return unfit;
  const certificate = authorityOf(token.signerInfo, intermediates);
  if (certificate === undefined) return refused('certificate_missing');
  const wrong =
    (await signatureProblem(token, certificate)) ??
    namingProblem(token, certificate) ??
    usageProblem(certificate);
  if (wrong !== null) return wrong;
  const found = await findChain(certificate, { trustAnchors, intermediates, cache });
  if (!found.ok) return refused(found.isOpen ? 'authority_unknown' : 'chain_broken', found.reason);
  const { chain } = found;
  // A certificate that leads nowhere is vouched for by nobody: its bytes could be anything.
  const inChain = new Set(chain.map(({ sha256 }) => sha256));
  if (!carried.every(({ sha256 }) => inChain.has(sha256))) return refused('unused_certificate');
  const { genTime } = token;
  const validity = validityProblem(chain, genTime);
  if (validity !== null) return refused(validity === 'expired' ? 'expired' : 'not_yet_valid');
  const revoked = await revocationProblem(chain, genTime, question);
  return revoked ?? { ok: true, genTime, certificate, chain, token };
};

/** Checks a token in full; bytes of any kind never make it throw. The first problem found is given. */
export const verifyTimestampToken = async (question: TimestampQuestion): Promise<TimestampVerdict> => {
  try {
    return await verifyRead(readTimestampToken(question.token), question);
  } catch (error) {
    if (error instanceof MalformedError) return refused('malformed', error.code);
    throw error;
  }
};
