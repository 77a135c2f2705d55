export { SIGNATURE_ALGORITHMS, type SignatureAlgorithmName } from './algorithms.ts';
export { generateP256KeyPair, type GeneratedKeyPair } from './ca/generate-key-pair.ts';
export {
  createRootCertificate,
  issueCaCertificate,
  issueSignerCertificate,
  type AuthoritySubject,
  type SignerSubject,
} from './ca/issue-certificate.ts';
export { readCertificate, type Certificate } from './certificate/certificate.ts';
export { certificatesFromPem, certificateToPem } from './certificate/pem.ts';
export { SIGNER_ROLES, type SignerRole, type Subject } from './certificate/subject.ts';
export { addSigner, assembleSignedData, type SignerParts } from './cms/assemble.ts';
export { prepareSigner, type PreparedSigner } from './cms/prepare-signer.ts';
export { signDetached } from './cms/sign-detached.ts';
export { SigningError, type SigningErrorCode } from './cms/signing-error.ts';
export { MalformedError } from './malformed-error.ts';
export * from './receipt-documents/agency-receipt.ts';
export * from './receipt-documents/decision.ts';
export * from './receipt-documents/delegation-claim.ts';
export * from './receipt-documents/delegation-scope.ts';
export * from './receipt-documents/delegation.ts';
export { type DocumentProblem, type ParsedDocument } from './receipt-documents/line-document.ts';
export * from './receipt-documents/postmark.ts';
export type { RequiredSigners } from './verify/required-signers.ts';
export { createVerificationCache, type VerificationCache } from './verify/verification-cache.ts';
export * from './verify/verification-report.ts';
export { verifySignedData, type VerifySignedDataInput } from './verify/verify-signed-data.ts';
