import { createHash } from 'node:crypto';
import { algorithmForOid, type SignatureAlgorithm } from '../algorithms.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { namesCertificate } from '../cms/signed-attributes.ts';
import type { SignerInfo } from '../cms/signed-data.ts';
import { sameBytes } from '../der/read-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { OID } from '../oids.ts';
import { findChain, validityProblem, type ChainSources } from './chain.ts';
import { checkOf, type Check, type SignerReport } from './verification-report.ts';

/** The detached content, or only its SHA-256 where the bytes are elsewhere. */
export type SignedContent = { readonly content: Uint8Array } | { readonly contentSha256: Uint8Array };

/** SHA-256 of what was signed. */
export const contentDigest = (signed: SignedContent): Uint8Array =>
  'content' in signed ? createHash('sha256').update(signed.content).digest() : signed.contentSha256;

interface SignerInput {
  readonly info: SignerInfo;
  readonly signer: number;
  readonly certificate: Certificate | undefined;
  readonly contentSha256: Uint8Array;
  readonly sources: ChainSources;
  readonly at: Temporal.Instant;
}

const digestCheck = ({ info, signer, contentSha256 }: SignerInput): Check => {
  if (info.digestOid !== OID.sha256)
    return checkOf('content_digest', 'unsupported_digest', { signer, isOpen: true });
  const isSame = sameBytes(info.attributes.messageDigest, contentSha256);
  return checkOf('content_digest', isSame ? null : 'content_altered', { signer });
};

const isCorrect = async (algorithm: SignatureAlgorithm, certificate: Certificate, info: SignerInfo) =>
  algorithm.accepts(certificate.publicKey)
    ? (await algorithm.verify(certificate.publicKey, info.toBeSigned, info.signature))
      ? null
      : 'signature_wrong'
    : 'key_of_other_kind';

const signatureCheck = async ({ info, signer }: SignerInput, certificate: Certificate): Promise<Check> => {
  const algorithm = algorithmForOid(info.signatureOid);
  if (algorithm === undefined) return checkOf('signature', 'unsupported_algorithm', { signer, isOpen: true });
  try {
    const problem = await isCorrect(algorithm, certificate, info);
    if (problem !== null) return checkOf('signature', problem, { signer });
  } catch (error) {
    if (error instanceof MalformedError)
      return checkOf('signature', 'malformed', { signer, detail: error.code });
    throw error;
  }
  // Unsigned attributes (timestamps) are not read yet: nothing vouches for those bytes, so the verdict stays open.
  return checkOf('signature', info.hasUnsignedAttributes ? 'unsigned_attributes' : null, {
    signer,
    isOpen: true,
  });
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
  const report = {
    certificate: certificate ?? null,
    algorithm: algorithmForOid(info.signatureOid)?.name ?? null,
    signingTime: info.attributes.signingTime ?? null,
  };
  const digest = digestCheck(input);
  if (certificate === undefined) {
    const missing = checkOf('signature', 'signer_certificate_missing', { signer, isOpen: true });
    return { checks: [digest, missing], report: { ...report, chain: [] } };
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
    checks: [digest, signature, namingCheck(input, certificate), chainCheck, validity],
    report: { ...report, chain },
  };
};
