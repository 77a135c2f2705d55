/** The two steps of answering an OCSP request (RFC 6960 §4.2), and the refusals, which nobody signs. */
import { IssuingError } from '../ca/issuing-error.ts';
import { assembleSigned, issuingAlgorithm, type ToSign } from '../ca/to-sign.ts';
import { keyIdentifierOf } from '../ca/write-extensions.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { derGeneralizedTime } from '../der/generalized-time.ts';
import { derOctetString, derOid, derSequence } from '../der/write-der.ts';
import { derContext, derContextPrimitive, derEnumerated } from '../der/write-values.ts';
import { OID } from '../oids.ts';
import { isCertIdOf, type OcspCertId } from './ocsp-cert-id.ts';
import { writeNonce } from './ocsp-extensions.ts';
import { writeReason, type Revocation } from './revocation-reason.ts';

/** `unknown`: not a certificate of ours. */
export type OcspStatus = 'good' | 'unknown' | Revocation;

export interface OcspAnswer {
  readonly certId: OcspCertId;
  readonly status: OcspStatus;
  /** Times are cut to the second. */
  readonly thisUpdate: Temporal.Instant;
  /** Undefined: newer information is to be had at any time. */
  readonly nextUpdate?: Temporal.Instant | undefined;
}

export interface OcspOrder {
  readonly answers: readonly OcspAnswer[];
  readonly producedAt: Temporal.Instant;
  readonly nonce?: Uint8Array | undefined;
  /** The responder's certificate: the issuer's own, or one of profile `ocsp` that it issued. */
  readonly certificate: Certificate;
  /** Certificates to carry along, the responder's own among them unless it is the issuer. */
  readonly chain: readonly Certificate[];
  /** The issuer of every certificate that is answered about with more than `unknown`. */
  readonly issuer: Certificate;
}

/** An answer ready for the responder's key. */
export interface PreparedOcspResponse extends ToSign {
  readonly certificates: readonly Certificate[];
}

const writeStatus = (status: OcspStatus): Uint8Array => {
  if (status === 'good') return derContextPrimitive(0, new Uint8Array());
  if (status === 'unknown') return derContextPrimitive(2, new Uint8Array());
  const reason = writeReason(status.reason);
  return derContext(
    1,
    derGeneralizedTime(status.revokedAt),
    ...(reason === undefined ? [] : [derContext(0, reason)]),
  );
};

const writeAnswer = ({ certId, status, thisUpdate, nextUpdate }: OcspAnswer): Uint8Array =>
  derSequence(
    certId.raw,
    writeStatus(status),
    derGeneralizedTime(thisUpdate),
    ...(nextUpdate === undefined ? [] : [derContext(0, derGeneralizedTime(nextUpdate))]),
  );

/**
 * First step: the bytes the responder's key must sign with `algorithm`. Throws IssuingError `other_issuer` for an answer about
 * another issuer's certificate, and `unsupported_key`.
 */
export const prepareOcspResponse = (order: OcspOrder): PreparedOcspResponse => {
  const { answers, certificate, issuer, nonce } = order;
  if (answers.some(({ certId, status }) => status !== 'unknown' && !isCertIdOf(certId, issuer)))
    throw new IssuingError('other_issuer');
  const isOwn = certificate.sha256 === issuer.sha256;
  const rest = order.chain.filter(({ sha256 }) => sha256 !== certificate.sha256);
  const toBeSigned = derSequence(
    derContext(2, derOctetString(keyIdentifierOf(certificate.spki))),
    derGeneralizedTime(order.producedAt),
    derSequence(...answers.map(writeAnswer)),
    writeNonce(1, nonce),
  );
  return {
    toBeSigned,
    algorithm: issuingAlgorithm(certificate),
    certificates: isOwn ? rest : [certificate, ...rest],
  };
};

const BASIC = derOid(OID.ocspBasic);
const SUCCESSFUL = 0;

/** Second step: DER of the response. The signature is not verified here. */
export const assembleOcspResponse = (
  { certificates, ...prepared }: PreparedOcspResponse,
  signature: Uint8Array,
): Uint8Array => {
  const carried =
    certificates.length === 0 ? [] : [derContext(0, derSequence(...certificates.map(({ der }) => der)))];
  const basic = assembleSigned(prepared, signature, ...carried);
  return derSequence(derEnumerated(SUCCESSFUL), derContext(0, derSequence(BASIC, derOctetString(basic))));
};

/** Why a responder does not answer (RFC 6960 §4.2.1), with the number that says so. */
export const OCSP_REFUSALS = {
  malformedRequest: 1,
  internalError: 2,
  tryLater: 3,
  sigRequired: 5,
  unauthorized: 6,
} as const;
export type OcspRefusal = keyof typeof OCSP_REFUSALS;

/** DER of a response that answers nothing. */
export const writeOcspRefusal = (refusal: OcspRefusal): Uint8Array =>
  derSequence(derEnumerated(OCSP_REFUSALS[refusal]));
