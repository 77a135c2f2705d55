/**
 * Who signed a revocation list or an OCSP response, and may they speak for the issuer? That depends on neither the certificate
 * asked about nor the time, so a verdict is kept by (source, issuer) and serves every certificate of the issuer.
 */
import { createHash } from 'node:crypto';
import { certificateAlgorithm } from '../algorithms/registry.ts';
import { KEY_USAGE } from '../certificate/extensions.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { publicKeyBitsOf } from '../certificate/public-key-bits.ts';
import { sameBytes } from '../der/read-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { OID } from '../oids.ts';
import { validityProblem } from '../verify/chain.ts';
import { readCertificateCached, remember, type VerificationCache } from '../verify/verification-cache.ts';
import type { Crl } from './read-crl.ts';
import type { OcspAnswers, ResponderId } from './read-ocsp-response.ts';
import type { SourceProblem, SourceTrust } from './source-problem.ts';

interface SignedBytes {
  readonly toBeSigned: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
}

const signatureProblem = async (signed: SignedBytes, signer: Certificate): Promise<SourceProblem | null> => {
  try {
    const found = certificateAlgorithm(signed.signatureAlgorithm, signer);
    if (!found.ok) return 'algorithm_not_accepted';
    const isSigned = await found.algorithm.verify(signer, signed.toBeSigned, signed.signature);
    return isSigned ? null : 'signature_wrong';
  } catch (error) {
    if (error instanceof MalformedError) return 'signature_wrong';
    throw error;
  }
};

const lacksUsage = ({ keyUsage }: Certificate, bit: number): boolean =>
  keyUsage !== undefined && (keyUsage & bit) === 0;

const judgeCrl = async (crl: Crl, issuer: Certificate): Promise<SourceTrust> => {
  if (crl.unknownCritical.length > 0) return { problem: 'extension_unknown', responder: null };
  if (lacksUsage(issuer, KEY_USAGE.cRLSign)) return { problem: 'responder_not_authorised', responder: null };
  return { problem: await signatureProblem(crl, issuer), responder: null };
};

const isNamedBy = (id: ResponderId, certificate: Certificate): boolean =>
  'nameRaw' in id
    ? sameBytes(id.nameRaw, certificate.subjectRaw)
    : sameBytes(id.keyHash, createHash('sha1').update(publicKeyBitsOf(certificate.spki)).digest());

// RFC 6960 §4.2.2.2: issued by the very issuer it speaks for, and for this purpose.
const isDelegated = async (responder: Certificate, issuer: Certificate): Promise<boolean> =>
  sameBytes(responder.issuerRaw, issuer.subjectRaw) &&
  responder.extendedKeyUsage?.purposes.includes(OID.ocspSigning) === true &&
  responder.unknownCritical.length === 0 &&
  !lacksUsage(responder, KEY_USAGE.digitalSignature) &&
  (await signatureProblem({ ...responder, toBeSigned: responder.tbs }, issuer)) === null;

const judgeOcsp = async (
  response: OcspAnswers,
  issuer: Certificate,
  cache: VerificationCache | undefined,
): Promise<SourceTrust> => {
  const nobody = { problem: 'responder_not_authorised', responder: null } as const;
  if (isNamedBy(response.responder, issuer))
    return { problem: await signatureProblem(response, issuer), responder: null };
  const carried = response.certificates.map((der) => readCertificateCached(der, cache));
  const responder = carried.find((certificate) => isNamedBy(response.responder, certificate));
  if (responder === undefined || !(await isDelegated(responder, issuer))) return nobody;
  // At the time it answered: the answer is kept for longer than the responder lives.
  if (validityProblem([responder], response.producedAt) !== null)
    return { problem: 'responder_expired', responder: null };
  return { problem: await signatureProblem(response, responder), responder };
};

const unreadable = async (judge: () => Promise<SourceTrust>): Promise<SourceTrust> => {
  try {
    return await judge();
  } catch (error) {
    if (error instanceof MalformedError) return { problem: 'responder_not_authorised', responder: null };
    throw error;
  }
};

const kept = async (
  source: Crl | OcspAnswers,
  issuer: Certificate,
  cache: VerificationCache | undefined,
  judge: () => Promise<SourceTrust>,
): Promise<SourceTrust> => {
  const key = `${source.sha256} ${issuer.sha256}`;
  return (
    cache?.revocationSources.get(key) ??
    (cache === undefined
      ? await unreadable(judge)
      : remember(cache.revocationSources, key, await unreadable(judge)))
  );
};

/** Whether the list is one of the issuer's. */
export const crlTrust = (crl: Crl, issuer: Certificate, cache?: VerificationCache): Promise<SourceTrust> =>
  kept(crl, issuer, cache, () => judgeCrl(crl, issuer));

/** Whether the answers are the issuer's own or of a responder that it made its delegate. */
export const ocspTrust = (
  response: OcspAnswers,
  issuer: Certificate,
  cache?: VerificationCache,
): Promise<SourceTrust> => kept(response, issuer, cache, () => judgeOcsp(response, issuer, cache));
