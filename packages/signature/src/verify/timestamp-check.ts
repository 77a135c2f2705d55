/**
 * The timestamps of one signer (CAdES-T). Every token must hold, as each is bytes somebody has to vouch for; the earliest one is
 * the signature's time. A token of an authority nobody knows, or about whose revocation nothing is known, leaves the check open.
 */
import type { Certificate } from '../certificate/certificate.ts';
import type { SignerInfo } from '../cms/signed-data.ts';
import {
  verifyTimestampToken,
  type TimestampProblem,
  type TimestampVerdict,
} from '../timestamp/verify-timestamp-token.ts';
import type { Reason } from './check-names.ts';
import type { RevocationPolicy } from './revocation-check.ts';
import type { VerificationCache } from './verification-cache.ts';
import { checkOf, type Check, type CheckDetails, type SignatureTimestamp } from './verification-report.ts';

export interface TimestampPolicy {
  readonly trustAnchors: readonly Certificate[];
  /** Certificates a token may lack. */
  readonly intermediates: readonly Certificate[];
  /** True: every signer must have a timestamp. */
  readonly required?: boolean;
  /** How far clocks may differ: a later timestamp is from the future, an earlier one from before signing. By default 5 minutes. */
  readonly toleranceMs?: number;
}

const DEFAULT_TOLERANCE_MS = 300_000;

const REASONS: Readonly<Record<TimestampProblem, Reason>> = {
  malformed: 'timestamp_malformed',
  other_data: 'timestamp_over_other_signature',
  digest_weak: 'weak_digest',
  algorithm_unsupported: 'unsupported_algorithm',
  nonce_differs: 'timestamp_malformed',
  certificate_missing: 'timestamp_authority_unknown',
  signature_wrong: 'timestamp_signature_wrong',
  names_other_certificate: 'timestamp_authority_unfit',
  authority_unknown: 'timestamp_authority_unknown',
  chain_broken: 'timestamp_authority_unfit',
  unused_certificate: 'unused_certificate',
  wrong_key_usage: 'timestamp_authority_unfit',
  not_yet_valid: 'timestamp_authority_not_valid',
  expired: 'timestamp_authority_not_valid',
  revoked: 'timestamp_authority_revoked',
  revocation_unknown: 'timestamp_revocation_unknown',
};

const OPEN: readonly Reason[] = [
  'timestamp_authority_unknown',
  'timestamp_revocation_unknown',
  'unsupported_algorithm',
];

export interface TimestampOutcome {
  /** Undefined when there is no timestamp and none has to be. */
  readonly check: Check | undefined;
  /** Null when there is none, or one does not hold. */
  readonly timestamp: SignatureTimestamp | null;
}

export interface TimestampContext {
  readonly signer: number;
  /** The instant of judging: no timestamp may be later. */
  readonly at: Temporal.Instant;
  readonly revocation: RevocationPolicy | undefined;
  readonly cache: VerificationCache | undefined;
}

const orderProblem = (
  genTime: Temporal.Instant,
  { attributes }: SignerInfo,
  at: Temporal.Instant,
  toleranceMs: number,
): Reason | null => {
  if (genTime.epochMilliseconds > at.epochMilliseconds + toleranceMs) return 'timestamp_from_future';
  const claimed = attributes.signingTime?.epochMilliseconds ?? genTime.epochMilliseconds;
  return claimed > genTime.epochMilliseconds + toleranceMs ? 'timestamp_before_signing' : null;
};

const problemOf = (
  verdict: TimestampVerdict,
  info: SignerInfo,
  at: Temporal.Instant,
  toleranceMs: number,
): { readonly reason: Reason; readonly more: CheckDetails } | null => {
  if (!verdict.ok) {
    const reason = REASONS[verdict.reason];
    const detail = verdict.detail === null ? {} : { detail: verdict.detail };
    return { reason, more: { isOpen: OPEN.includes(reason), ...detail } };
  }
  const reason = orderProblem(verdict.genTime, info, at, toleranceMs);
  return reason === null ? null : { reason, more: {} };
};

const earliest = (verdicts: readonly TimestampVerdict[]): SignatureTimestamp | null =>
  verdicts.reduce<SignatureTimestamp | null>((first, verdict) => {
    if (!verdict.ok) return first;
    const isEarlier = first === null || Temporal.Instant.compare(verdict.genTime, first.at) < 0;
    return isEarlier ? { at: verdict.genTime, certificate: verdict.certificate } : first;
  }, null);

/** Checks the signer's timestamps; throws nothing for what they hold. */
export const timestampCheck = async (
  info: SignerInfo,
  policy: TimestampPolicy,
  { signer, at, revocation, cache }: TimestampContext,
): Promise<TimestampOutcome> => {
  const { timestampTokens } = info.unsigned;
  if (timestampTokens.length === 0) {
    const missing = checkOf('timestamp', 'timestamp_missing', { signer });
    return { check: policy.required === true ? missing : undefined, timestamp: null };
  }
  const { trustAnchors, intermediates, toleranceMs = DEFAULT_TOLERANCE_MS } = policy;
  const verdicts = await Promise.all(
    timestampTokens.map((token) =>
      verifyTimestampToken({
        token,
        digestOf: info.signature,
        trustAnchors,
        intermediates,
        revocation,
        cache,
      }),
    ),
  );
  const problems = verdicts.map((verdict) => problemOf(verdict, info, at, toleranceMs));
  const found = problems.filter((problem) => problem !== null);
  const problem = found.find(({ more }) => more.isOpen !== true) ?? found[0];
  if (problem !== undefined)
    return { check: checkOf('timestamp', problem.reason, { signer, ...problem.more }), timestamp: null };
  return { check: checkOf('timestamp', null, { signer }), timestamp: earliest(verdicts) };
};
