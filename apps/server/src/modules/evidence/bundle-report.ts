import type { DelegationGap, DocumentProblem, Reason, VerificationReport } from '@sochi/signature';
import type { ZipProblem } from './read-zip.ts';

/** Documents that can be read, are signed and tell when they were made, by the names of their checks. */
export const BUNDLE_DOCUMENTS = [
  'postmark',
  'delegation',
  'hand_over',
  'agency_receipt',
  'decision',
  'correction',
] as const;
export type BundleDocument = (typeof BUNDLE_DOCUMENTS)[number];

type DocumentCheck =
  BundleDocument | `${BundleDocument}_signature` | `${BundleDocument}_revocation` | `${BundleDocument}_time`;

export type BundleCheckName =
  | DocumentCheck
  | 'archive'
  | 'files'
  | 'root'
  | 'manifest_signature'
  | 'manifest'
  | 'report_hash'
  | 'signature_hash'
  | 'report_signature'
  | 'report_revocation'
  | 'report_time'
  | 'report_signers'
  | 'report_company'
  | 'certificates';

export type BundleReason =
  | ZipProblem
  | DocumentProblem
  | Reason
  | `delegation_${DelegationGap}`
  | 'file_missing'
  | 'file_unknown'
  | 'file_altered'
  | 'manifest_malformed'
  | 'root_malformed'
  | 'other_root'
  | 'chain_malformed'
  | 'hash_differs'
  | 'other_certificate'
  | 'other_certificate_than_named'
  | 'crl_missing'
  | 'ocsp_missing'
  | 'ocsp_other_certificate'
  | 'revocation_malformed'
  | 'stated_time_differs'
  | 'wrong_order'
  | 'delegation_missing'
  | 'delegation_unused'
  | 'delegation_other'
  | 'delegation_company'
  | 'document_incomplete'
  | 'other_report'
  | 'other_signatures'
  | 'other_number'
  | 'tin_missing'
  | 'tin_differs';

export interface BundleCheck {
  readonly check: BundleCheckName;
  readonly status: 'passed' | 'failed';
  /** Null when passed. */
  readonly reason: BundleReason | null;
  /** What it is about: a path, a role, a number; never needed to decide. */
  readonly subject: string | null;
}

export interface BundleReport {
  /** TOTAL-PASSED when every check passed, else TOTAL-FAILED: a bundle is either proof or it is not. */
  readonly indication: 'TOTAL-PASSED' | 'TOTAL-FAILED';
  readonly checks: readonly BundleCheck[];
  /** SHA-256 of the root everything was trusted by, lower-case hex; null when it could not be read. */
  readonly rootSha256: string | null;
  /** True when nobody named a root and the bundle's own was taken: then the fingerprint must be compared by a person. */
  readonly isRootFromBundle: boolean;
  readonly postmarkedAt: Temporal.Instant | null;
  readonly receiptNumber: string | null;
  readonly companyInn: string | null;
  /** The verifications behind the `..._signature` checks, by path of the CMS. */
  readonly signatures: ReadonlyMap<string, VerificationReport>;
}

/** One line of a bundle's report. */
export const bundleCheck = (
  check: BundleCheckName,
  reason: BundleReason | null,
  subject: string | null = null,
): BundleCheck => ({ check, status: reason === null ? 'passed' : 'failed', reason, subject });
