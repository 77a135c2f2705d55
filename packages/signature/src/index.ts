export {
  digestForOid,
  type ContentDigests,
  type DigestAlgorithm,
  type DigestName,
} from './algorithms/digest-algorithm.ts';
export { algorithmNamed, defaultAlgorithm, keyHolderOf } from './algorithms/registry.ts';
export * from './algorithms/signature-algorithm.ts';
export { signBytes } from './algorithms/sign-bytes.ts';
export { CERTIFICATE_PROFILES, type CertificateProfile } from './ca/certificate-profiles.ts';
export * from './ca/certification-request.ts';
export * from './ca/generate-key-pair.ts';
export * from './ca/issue-certificate.ts';
export { IssuingError, type IssuingErrorCode } from './ca/issuing-error.ts';
export * from './ca/prepare-certificate.ts';
export { newSerialNumber } from './ca/serial-number.ts';
export type { ToSign } from './ca/to-sign.ts';
export * from './ca/write-certification-request.ts';
export type { IssuerLocations } from './ca/write-extensions.ts';
export type { CertificateSubject } from './ca/write-name.ts';
export { readCertificate, type Certificate } from './certificate/certificate.ts';
export { certificatesFromPem, certificateToPem, requestToPem } from './certificate/pem.ts';
export { SIGNER_ROLES, type SignerRole, type Subject } from './certificate/subject.ts';
export { addSigner, assembleSignedData, type SignerParts } from './cms/assemble.ts';
export { prepareSigner, type PreparedSigner } from './cms/prepare-signer.ts';
export { signDetached } from './cms/sign-detached.ts';
export { SigningError, type SigningErrorCode } from './cms/signing-error.ts';
export { normaliseCms } from './cms/normalise-cms.ts';
export { addTimestamp, addTimestamps, signatureValues } from './cms/timestamps.ts';
export { MalformedError } from './malformed-error.ts';
export * from './receipt-documents/agency-receipt.ts';
export * from './receipt-documents/correction.ts';
export * from './receipt-documents/decision.ts';
export * from './receipt-documents/delegation-claim.ts';
export * from './receipt-documents/delegation-scope.ts';
export * from './receipt-documents/delegation.ts';
export * from './receipt-documents/hand-over.ts';
export { type DocumentProblem, type ParsedDocument } from './receipt-documents/line-document.ts';
export * from './receipt-documents/postmark.ts';
export * from './revocation/ocsp-cert-id.ts';
export * from './revocation/ocsp-request.ts';
export * from './revocation/prepare-crl.ts';
export * from './revocation/prepare-ocsp-response.ts';
export { readCrl, type Crl } from './revocation/read-crl.ts';
export * from './revocation/read-ocsp-response.ts';
export * from './revocation/revocation-at.ts';
export {
  REVOCATION_REASONS,
  type Revocation,
  type RevocationReason,
} from './revocation/revocation-reason.ts';
export * from './timestamp/prepare-timestamp.ts';
export { readTimestampToken, type TimestampToken } from './timestamp/read-timestamp-token.ts';
export {
  readTimestampRequest,
  timestampRefusal,
  timestampRequestOver,
  writeTimestampRequest,
  type TimestampFailure,
  type TimestampRequest,
} from './timestamp/timestamp-request.ts';
export * from './timestamp/timestamp-response.ts';
export * from './timestamp/verify-timestamp-token.ts';
export type { RequiredSigners } from './verify/required-signers.ts';
export {
  createVerificationCache,
  readCertificateCached,
  type VerificationCache,
} from './verify/verification-cache.ts';
export { renderVerificationReport } from './verify/render-report.ts';
export { CHECKS, REASONS, type CheckName, type Reason } from './verify/check-names.ts';
export type { RevocationPolicy } from './verify/revocation-check.ts';
export type { SubIndication } from './verify/sub-indications.ts';
export type { TimestampPolicy } from './verify/timestamp-check.ts';
export * from './verify/verification-report.ts';
export { verifySignedData, type VerifySignedDataInput } from './verify/verify-signed-data.ts';
export {
  verificationTexts,
  type ReportLanguage,
  type VerificationWords,
} from './verify/verification-texts.ts';
