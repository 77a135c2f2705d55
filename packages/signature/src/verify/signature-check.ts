import { digestNamedBy, signerAlgorithm } from '../algorithms/registry.ts';
import type { SignatureAlgorithmName } from '../algorithms/signature-algorithm.ts';
import { namesWeakDigest } from '../algorithms/weak-digests.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { namesCertificate } from '../cms/signed-attributes.ts';
import type { DigestLookup } from '../cms/signed-content.ts';
import type { SignerInfo } from '../cms/signed-data.ts';
import { sameBytes } from '../der/read-values.ts';
import { MalformedError } from '../malformed-error.ts';
import type { Reason } from './check-names.ts';
import { checkOf, type Check, type CheckDetails } from './verification-report.ts';

/** One signer of a CMS and its place there. */
export interface SignerPlace {
  readonly info: SignerInfo;
  readonly signer: number;
}

/** The signer's digest of the content is the content's. */
export const digestCheck = ({ info, signer }: SignerPlace, digestOf: DigestLookup): Check => {
  const digest = digestNamedBy(info.digestAlgorithm);
  if (digest === undefined) {
    return namesWeakDigest(info.digestAlgorithm)
      ? checkOf('content_digest', 'weak_digest', { signer })
      : checkOf('content_digest', 'unsupported_digest', { signer, isOpen: true });
  }
  const own = digestOf(digest);
  if (own === undefined) return checkOf('content_digest', 'digest_not_given', { signer, isOpen: true });
  const isSame = sameBytes(info.attributes.messageDigest, own);
  return checkOf('content_digest', isSame ? null : 'content_altered', { signer });
};

/** What no verifier of today can judge, but a later one may. */
const OPEN: readonly Reason[] = ['unsupported_algorithm', 'unsupported_digest'];

export interface SignatureOutcome {
  readonly check: Check;
  readonly algorithm: SignatureAlgorithmName | null;
}

/** The signature was made with the certificate's key. Bytes beside it that nothing vouches for leave the check open. */
export const signatureCheck = async (
  { info, signer }: SignerPlace,
  certificate: Certificate,
  areTimestampsVerified: boolean,
): Promise<SignatureOutcome> => {
  const outcome = (
    reason: Reason | null,
    algorithm: SignatureAlgorithmName | null,
    more: CheckDetails = {},
  ) => ({ check: checkOf('signature', reason, { signer, ...more }), algorithm });
  try {
    const found = signerAlgorithm(info, certificate);
    if (!found.ok) return outcome(found.reason, null, { isOpen: OPEN.includes(found.reason) });
    const { name } = found.algorithm;
    const isCorrect = await found.algorithm.verify(certificate, info.toBeSigned, info.signature);
    if (!isCorrect) return outcome('signature_wrong', name);
    const { timestampTokens, unknown } = info.unsigned;
    const isVouchedFor = unknown.length === 0 && (areTimestampsVerified || timestampTokens.length === 0);
    return outcome(isVouchedFor ? null : 'unsigned_attributes', name, { isOpen: true });
  } catch (error) {
    if (error instanceof MalformedError) return outcome('malformed', null, { detail: error.code });
    throw error;
  }
};

/** The signed attributes name the signer's certificate: what makes a CMS a CAdES. */
export const namingCheck = ({ info, signer }: SignerPlace, certificate: Certificate): Check => {
  const { signingCertificate, namesBySha1 } = info.attributes;
  if (signingCertificate === undefined)
    return checkOf('signing_certificate', namesBySha1 ? 'weak_digest' : 'not_cades', { signer });
  try {
    const isNamed = namesCertificate(signingCertificate, certificate);
    return checkOf('signing_certificate', isNamed ? null : 'names_other_certificate', { signer });
  } catch (error) {
    if (error instanceof MalformedError)
      return checkOf('signing_certificate', 'malformed', { signer, detail: error.code });
    throw error;
  }
};
