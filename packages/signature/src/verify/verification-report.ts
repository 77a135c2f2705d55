/**
 * What checking a signature gives: never a boolean, but every check by name, in the shape of ETSI's simple report (EN 319
 * 102-1). One failed check makes the whole TOTAL-FAILED; else one that could not be decided makes it INDETERMINATE. Here
 * "failed" is whatever no further knowledge could mend; ETSI leaves some of that INDETERMINATE, its sub-indications are the same.
 */
import type { SignatureAlgorithmName } from '../algorithms/signature-algorithm.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { CheckName, Reason } from './check-names.ts';
import { SUB_INDICATIONS, type SubIndication } from './sub-indications.ts';

export type CheckStatus = 'passed' | 'failed' | 'indeterminate';

export interface Check {
  readonly check: CheckName;
  readonly status: CheckStatus;
  /** Index into `signers`; null when the check is about the whole. */
  readonly signer: number | null;
  /** Null when passed. */
  readonly reason: Reason | null;
  /** The reason in ETSI's words; null when passed. */
  readonly subIndication: SubIndication | null;
  /** For reason `malformed` and its like: the MalformedError code; else null. */
  readonly detail: string | null;
}

export type Indication = 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE';

/** The verdict, and in ETSI's words why it is not TOTAL-PASSED (null when it is). */
export interface Conclusion {
  readonly indication: Indication;
  readonly subIndication: SubIndication | null;
}

/** What the checks about one signer come to, and what the signature says of itself. */
export interface SignerReport extends Conclusion {
  /** Null when neither the CMS nor the caller has the certificate. */
  readonly certificate: Certificate | null;
  readonly algorithm: SignatureAlgorithmName | null;
  /** As the signer claims it, to the second; null when not stated. */
  readonly signingTime: Temporal.Instant | null;
  /** As the signer claims it; null when not stated. */
  readonly claimedRole: string | null;
  /** The earliest timestamp that holds; null when there is none, or none was looked at. */
  readonly timestamp: SignatureTimestamp | null;
  /** The instant its certificates were judged at: the timestamp's, or else the caller's. */
  readonly judgedAt: Temporal.Instant;
  /** Signer first, trust anchor last; empty when no chain was found. */
  readonly chain: readonly Certificate[];
}

export interface SignatureTimestamp {
  readonly at: Temporal.Instant;
  /** The timestamp authority's. */
  readonly certificate: Certificate;
}

export interface VerificationReport extends Conclusion {
  readonly checks: readonly Check[];
  /** In the order of the CMS. */
  readonly signers: readonly SignerReport[];
}

/** What there is to say of a check beside its outcome. */
export interface CheckDetails {
  readonly signer?: number;
  /** True when more knowledge could still turn the outcome to the good. */
  readonly isOpen?: boolean;
  readonly detail?: string;
}

/** One line of a report. */
export const checkOf = (check: CheckName, reason: Reason | null, more: CheckDetails = {}): Check => ({
  check,
  status: reason === null ? 'passed' : more.isOpen === true ? 'indeterminate' : 'failed',
  signer: more.signer ?? null,
  reason,
  subIndication: reason === null ? null : SUB_INDICATIONS[reason],
  detail: more.detail ?? null,
});

const PASSED: Conclusion = { indication: 'TOTAL-PASSED', subIndication: null };

/** Draws the conclusion from checks: what failed decides before what stayed open, and the first of its kind names why. */
export const concluded = (checks: readonly Check[]): Conclusion => {
  const failed = checks.find(({ status }) => status === 'failed');
  if (failed !== undefined) return { indication: 'TOTAL-FAILED', subIndication: failed.subIndication };
  const open = checks.find(({ status }) => status === 'indeterminate');
  return open === undefined ? PASSED : { indication: 'INDETERMINATE', subIndication: open.subIndication };
};
