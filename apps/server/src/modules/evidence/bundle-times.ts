import type { VerificationReport } from '@sochi/signature';

/** Clocks of two timestamp authorities may differ by this much; templates/verify.sh has the same number. */
const SKEW_MS = 10_000;

/** True when the first instant is not after the second, as far as clocks can tell. */
export const isInOrder = (earlier: Temporal.Instant, later: Temporal.Instant): boolean =>
  earlier.epochMilliseconds <= later.epochMilliseconds + SKEW_MS;

/** True when the two instants are one, as far as clocks can tell. */
export const isSameMoment = (one: Temporal.Instant, other: Temporal.Instant): boolean =>
  isInOrder(one, other) && isInOrder(other, one);

/** When the last of the signatures was stamped; undefined when there is none, or one was not. */
export const lastStamp = ({ signers }: VerificationReport): Temporal.Instant | undefined => {
  const stamps = signers.flatMap(({ timestamp }) => (timestamp === null ? [] : [timestamp.at]));
  if (stamps.length < signers.length) return undefined;
  return stamps.toSorted(Temporal.Instant.compare).at(-1);
};
