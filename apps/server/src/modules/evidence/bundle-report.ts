import type { DocumentProblem, Reason, VerificationReport } from '@sochi/signature';
import type { ZipProblem } from './read-zip.ts';

export const BUNDLE_CHECKS = [
  'archive',
  'files',
  'root',
  'manifest_signature',
  'manifest',
  'postmark',
  'postmark_signature',
  'report_hash',
  'signature_hash',
  'report_signature',
  'report_signers',
  'report_company',
  'agency_receipt',
  'agency_receipt_signature',
  'decision',
  'decision_signature',
] as const;
export type BundleCheckName = (typeof BUNDLE_CHECKS)[number];

export type BundleReason =
  | ZipProblem
  | DocumentProblem
  | Reason
  | 'file_missing'
  | 'file_unknown'
  | 'file_altered'
  | 'manifest_malformed'
  | 'root_malformed'
  | 'other_root'
  | 'chain_malformed'
  | 'hash_differs'
  | 'other_certificate'
  | 'receipt_incomplete'
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
