import { hash } from 'node:crypto';
import {
  createVerificationCache,
  verifySignedData,
  type Certificate,
  type Check,
  type RequiredSigners,
  type VerificationCache,
  type VerificationReport,
} from '@sochi/signature';
import { bundleCheck, type BundleCheck, type BundleCheckName, type BundleReason } from './bundle-report.ts';
import type { RevocationDocument } from './bundle-layout.ts';
import { checkAnswers, readRevocation } from './verify-revocation.ts';

/** A bundle's files by path. */
export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** Whom the bundle's signatures are trusted by. */
export interface Trust {
  readonly root: Certificate;
  readonly intermediates: readonly Certificate[];
}

/** One detached signature of the bundle and what it must be. */
export interface BundleSignature {
  readonly p7s: string;
  readonly content: string;
  /** What is said of the signature, and what of revocation. */
  readonly checks: { readonly signature: BundleCheckName; readonly revocation: BundleCheckName };
  /** Whose word of revocation counts. */
  readonly document: RevocationDocument;
  /** When the document says it was made; only its timestamp decides. */
  readonly stated: Temporal.Instant;
  readonly required: RequiredSigners;
}

export const OPERATOR: RequiredSigners = { roles: ['operator'] };
export const AGENCY: RequiredSigners = { roles: ['agency'] };

// What a bundle's own times must be to each other is checked by the documents, with names of their own.
const ANY_TIME = Number.POSITIVE_INFINITY;

const STALE = ['stale', 'issued_after_expiry'];

const reasonOf = ({ reason, detail }: Check): BundleReason =>
  reason === 'timestamp_revocation_unknown' && STALE.includes(detail ?? '')
    ? 'revocation_stale'
    : (reason ?? 'malformed');

const firstProblem = ({ checks }: VerificationReport): BundleReason | null => {
  const failed = checks.find(({ status }) => status === 'failed');
  const problem = failed ?? checks.find(({ status }) => status === 'indeterminate');
  return problem === undefined ? null : reasonOf(problem);
};

/** A bundle being looked at: its files, and the checks made so far in their order. */
export class BundleInspection {
  readonly files: BundleFiles;
  readonly cache: VerificationCache;
  readonly checks: BundleCheck[] = [];
  readonly signatures = new Map<string, VerificationReport>();
  private readonly sums = new Map<string, string>();

  constructor(files: BundleFiles, cache: VerificationCache = createVerificationCache()) {
    this.files = files;
    this.cache = cache;
  }

  /** A file's bytes; none when it is missing, which the check of names reports. */
  bytes(path: string): Uint8Array {
    return this.files.get(path) ?? new Uint8Array();
  }

  /** A file's SHA-256 in lower-case hex, worked out once. */
  sha256Hex(path: string): string {
    const known = this.sums.get(path);
    if (known !== undefined) return known;
    const sum = hash('sha256', this.bytes(path), 'hex');
    this.sums.set(path, sum);
    return sum;
  }

  add(check: BundleCheckName, reason: BundleReason | null, subject: string | null = null): void {
    this.checks.push(bundleCheck(check, reason, subject));
  }

  /**
   * Verifies the signature of the manifest. It vouches for the packing only, whenever that was: how long the certificate was valid
   * says nothing here. A timestamp beside it must hold like any other.
   */
  async verifyPacking(
    { p7s, content }: Pick<BundleSignature, 'p7s' | 'content'>,
    { root, intermediates }: Trust,
  ): Promise<VerificationReport> {
    const report = await verifySignedData({
      cms: this.bytes(p7s),
      content: this.bytes(content),
      trustAnchors: [root],
      intermediates,
      at: root.notBefore,
      required: OPERATOR,
      timestamps: { trustAnchors: [root], intermediates, toleranceMs: ANY_TIME },
      cache: this.cache,
    });
    this.addSignature('manifest_signature', p7s, {
      ...report,
      checks: report.checks.filter(({ check }) => check !== 'validity'),
    });
    return report;
  }

  /** Verifies a signature, its timestamps and that nobody's certificate was revoked then, and adds its checks. */
  async verify(
    { p7s, content, checks, document, stated, required }: BundleSignature,
    { root, intermediates }: Trust,
  ): Promise<VerificationReport> {
    const revocation = readRevocation(this.files, document);
    const report = await verifySignedData({
      cms: this.bytes(p7s),
      content: this.bytes(content),
      trustAnchors: [root],
      intermediates,
      at: stated,
      required,
      timestamps: { trustAnchors: [root], intermediates, required: true, toleranceMs: ANY_TIME },
      revocation: { crls: revocation.crls, ocspResponses: [], required: true },
      cache: this.cache,
    });
    if (revocation.problem !== null)
      this.add(checks.revocation, revocation.problem.reason, revocation.problem.path);
    this.addSignature(checks.signature, p7s, report);
    if (revocation.problem === null) {
      const { reason, subject } = await checkAnswers(revocation, report, this.cache);
      this.add(checks.revocation, reason, subject);
    }
    return report;
  }

  private addSignature(check: BundleCheckName, p7s: string, report: VerificationReport): void {
    this.signatures.set(p7s, report);
    this.add(check, firstProblem(report), p7s);
  }
}
