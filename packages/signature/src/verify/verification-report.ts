/**
 * What checking a signature gives: never a boolean, but every check by name (after ETSI EN 319 102-1). One failed check
 * makes the whole TOTAL-FAILED; else one that could not be decided makes it INDETERMINATE.
 */
import type { SignatureAlgorithmName } from '../algorithms/signature-algorithm.ts';
import type { Certificate } from '../certificate/certificate.ts';

export const CHECKS = [
  'structure',
  'certificates',
  'duplicate_signer',
  'content_digest',
  'signature',
  'signing_certificate',
  'chain',
  'key_usage',
  'validity',
  'timestamp',
  'revocation',
  'roles',
  'company_inn',
] as const;
export type CheckName = (typeof CHECKS)[number];

export const REASONS = [
  'malformed',
  'digest_algorithms_differ',
  'unused_certificate',
  'certificates_not_decided',
  'same_certificate_twice',
  'content_altered',
  'digest_not_given',
  'unsupported_digest',
  'weak_digest',
  'weak_key',
  'signer_certificate_missing',
  'unsupported_algorithm',
  'key_of_other_kind',
  'signature_wrong',
  'unsigned_attributes',
  'not_cades',
  'names_other_certificate',
  'issuer_unknown',
  'issuer_signature_wrong',
  'issuer_not_ca',
  'issuer_key_usage',
  'path_too_long',
  'critical_extension_unknown',
  'key_usage',
  'extended_key_usage',
  'not_yet_valid',
  'expired',
  'timestamp_missing',
  'timestamp_malformed',
  'timestamp_over_other_signature',
  'timestamp_signature_wrong',
  'timestamp_authority_unknown',
  'timestamp_authority_unfit',
  'timestamp_authority_not_valid',
  'timestamp_authority_revoked',
  'timestamp_from_future',
  'timestamp_before_signing',
  'revoked',
  'suspended',
  'issuer_revoked',
  'revocation_unknown',
  'revocation_stale',
  'revocation_signature_wrong',
  'role_missing',
  'role_unexpected',
  'role_twice',
  'roles_swapped',
  'other_company',
] as const;
export type Reason = (typeof REASONS)[number];

export type CheckStatus = 'passed' | 'failed' | 'indeterminate';

export interface Check {
  readonly check: CheckName;
  readonly status: CheckStatus;
  /** Index into `signers`; null when the check is about the whole. */
  readonly signer: number | null;
  /** Null when passed. */
  readonly reason: Reason | null;
  /** For reason `malformed`: the MalformedError code; else null. */
  readonly detail: string | null;
}

export interface SignerReport {
  /** Null when neither the CMS nor the caller has the certificate. */
  readonly certificate: Certificate | null;
  readonly algorithm: SignatureAlgorithmName | null;
  /** As the signer claims it, to the second; null when not stated. */
  readonly signingTime: Temporal.Instant | null;
  /** Signer first, trust anchor last; empty when no chain was found. */
  readonly chain: readonly Certificate[];
}

export type Indication = 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE';

export interface VerificationReport {
  readonly indication: Indication;
  readonly checks: readonly Check[];
  /** In the order of the CMS. */
  readonly signers: readonly SignerReport[];
}

/** One line of a report. */
export const checkOf = (
  check: CheckName,
  reason: Reason | null,
  more: { readonly signer?: number; readonly isOpen?: boolean; readonly detail?: string } = {},
): Check => ({
  check,
  status: reason === null ? 'passed' : more.isOpen === true ? 'indeterminate' : 'failed',
  signer: more.signer ?? null,
  reason,
  detail: more.detail ?? null,
});

/** Draws the conclusion from the checks. */
export const concluded = (checks: readonly Check[], signers: readonly SignerReport[]): VerificationReport => {
  const has = (status: CheckStatus) => checks.some((check) => check.status === status);
  const indication = has('failed') ? 'TOTAL-FAILED' : has('indeterminate') ? 'INDETERMINATE' : 'TOTAL-PASSED';
  return { indication, checks, signers };
};
