import { digestNamedBy, signerAlgorithm } from '../algorithms/registry.ts';
import type { SignatureAlgorithmName } from '../algorithms/signature-algorithm.ts';
import { namesWeakDigest } from '../algorithms/weak-digests.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { namesCertificate } from '../cms/signed-attributes.ts';
import type { DigestLookup } from '../cms/signed-content.ts';
import type { SignerInfo } from '../cms/signed-data.ts';
import { sameBytes } from '../der/read-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { findChain, validityProblem, type ChainSources } from './chain.ts';
import { checkOf, type Check, type Reason, type SignerReport } from './verification-report.ts';

interface SignerInput {
  readonly info: SignerInfo;
  readonly signer: number;
  readonly certificate: Certificate | undefined;
  readonly digestOf: DigestLookup;
  readonly sources: ChainSources;
  readonly at: Temporal.Instant;
}

const digestCheck = ({ info, signer, digestOf }: SignerInput): Check => {
  const digest = digestNamedBy(info.digestAlgorithm);
  if (digest === undefined) {
    return namesWeakDigest(info.digestAlgorithm)
      ? checkOf('content_digest', 'weak_digest', { signer })
      : checkOf('content_digest', 'unsupported_digest', { signer, isOpen: true });
  }
  const own = digestOf(digest);
  if (own === undefined) return checkOf('content_digest', 'unsupported_digest', { signer, isOpen: true });
  const isSame = sameBytes(info.attributes.messageDigest, own);
  return checkOf('content_digest', isSame ? null : 'content_altered', { signer });
};

const OPEN: readonly Reason[] = ['unsupported_algorithm', 'unsupported_digest'];

interface SignatureOutcome {
  readonly check: Check;
  readonly algorithm: SignatureAlgorithmName | null;
}

const signatureCheck = async (
  { info, signer }: SignerInput,
  certificate: Certificate,
): Promise<SignatureOutcome> => {
  const outcome = (
    reason: Reason | null,
    algorithm: SignatureAlgorithmName | null,
    more: { readonly isOpen?: boolean; readonly detail?: string } = {},
  ) => ({ check: checkOf('signature', reason, { signer, ...more }), algorithm });
  try {
    const found = signerAlgorithm(info, certificate);
    if (!found.ok) return outcome(found.reason, null, { isOpen: OPEN.includes(found.reason) });
    const { name } = found.algorithm;
    const isCorrect = await found.algorithm.verify(certificate, info.toBeSigned, info.signature);
    if (!isCorrect) return outcome('signature_wrong', name);
    // Unsigned attributes (timestamps) are not read yet: nothing vouches for those bytes, so the verdict stays open.
    const { timestampTokens, unknown } = info.unsigned;
    const isAlone = timestampTokens.length + unknown.length === 0;
    return outcome(isAlone ? null : 'unsigned_attributes', name, { isOpen: true });
  } catch (error) {
    if (error instanceof MalformedError) return outcome('malformed', null, { detail: error.code });
    throw error;
  }
};

const namingCheck = ({ info, signer }: SignerInput, certificate: Certificate): Check => {
  const { signingCertificate } = info.attributes;
  if (signingCertificate === undefined) return checkOf('signing_certificate', 'not_cades', { signer });
  try {
    const isNamed = namesCertificate(signingCertificate, certificate);
    return checkOf('signing_certificate', isNamed ? null : 'names_other_certificate', { signer });
  } catch (error) {
    if (error instanceof MalformedError) {
      return checkOf('signing_certificate', 'malformed', { signer, detail: error.code });
    }
    throw error;
  }
};

/** All checks about one signer of a CMS. */
export const verifySigner = async (
  input: SignerInput,
): Promise<{ readonly checks: readonly Check[]; readonly report: SignerReport }> => {
  const { info, signer, certificate, sources, at } = input;
  const claimed = { certificate: certificate ?? null, signingTime: info.attributes.signingTime ?? null };
  const digest = digestCheck(input);
  if (certificate === undefined) {
    const missing = checkOf('signature', 'signer_certificate_missing', { signer, isOpen: true });
    return { checks: [digest, missing], report: { ...claimed, algorithm: null, chain: [] } };
  }
  const [signature, verdict] = await Promise.all([
    signatureCheck(input, certificate),
    findChain(certificate, sources),
  ]);
  const chain = verdict.ok ? verdict.chain : [];
  const chainCheck = checkOf('chain', verdict.ok ? null : verdict.reason, {
    signer,
    isOpen: !verdict.ok && verdict.isOpen,
  });
  const validity = checkOf('validity', validityProblem(verdict.ok ? chain : [certificate], at), { signer });
  return {
    checks: [digest, signature.check, namingCheck(input, certificate), chainCheck, validity],
    report: { ...claimed, algorithm: signature.algorithm, chain },
  };
};
