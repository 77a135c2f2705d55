import {
  verifySignedData,
  type Certificate,
  type RequiredSigners,
  type VerificationReport,
} from '@sochi/signature';
import { bundleCheck, type BundleCheck, type BundleCheckName, type BundleReason } from './bundle-report.ts';
import type { BundleFiles } from './verify-manifest.ts';

/** Whom the bundle's signatures are trusted by. */
export interface Trust {
  readonly root: Certificate;
  readonly intermediates: readonly Certificate[];
}

/** One detached signature of the bundle and what it must be. */
export interface BundleSignature {
  readonly check: BundleCheckName;
  readonly p7s: string;
  readonly content: string;
  readonly at: Temporal.Instant;
  readonly required: RequiredSigners;
}

export const OPERATOR: RequiredSigners = { roles: ['operator'] };
export const AGENCY: RequiredSigners = { roles: ['agency'] };

const firstProblem = ({ checks }: VerificationReport): BundleReason =>
  checks.find(({ status }) => status === 'failed')?.reason ??
  checks.find(({ status }) => status === 'indeterminate')?.reason ??
  'malformed';

/** A bundle being looked at: its files, and the checks made so far in their order. */
export class BundleInspection {
  readonly files: BundleFiles;
  readonly checks: BundleCheck[] = [];
  readonly signatures = new Map<string, VerificationReport>();

  constructor(files: BundleFiles) {
    this.files = files;
  }

  /** A file's bytes; none when it is missing, which the check of names reports. */
  bytes(path: string): Uint8Array {
    return this.files.get(path) ?? new Uint8Array();
  }

  add(check: BundleCheckName, reason: BundleReason | null, subject: string | null = null): void {
    this.checks.push(bundleCheck(check, reason, subject));
  }

  /** Verifies a signature and adds its check. */
  async verify(signature: BundleSignature, { root, intermediates }: Trust): Promise<VerificationReport> {
    const report = await verifySignedData({
      cms: this.bytes(signature.p7s),
      content: this.bytes(signature.content),
      trustAnchors: [root],
      intermediates,
      at: signature.at,
      required: signature.required,
    });
    this.signatures.set(signature.p7s, report);
    const isPassed = report.indication === 'TOTAL-PASSED';
    this.add(signature.check, isPassed ? null : firstProblem(report), signature.p7s);
    return report;
  }
}
