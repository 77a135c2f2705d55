import type { Clock } from '@sochi/kernel';

/** The clock cannot be believed: nothing may be timestamped now. */
export class ClockError extends Error {}

export type ClockGuard = {
  /** The present instant; throws ClockError when the clock stands behind a moment that was vouched for already. */
  now(): Temporal.Instant;
};

/** How far the clock may step back without harm: what time daemons correct while a machine runs. */
const TOLERANCE_MS = 1_000;

/**
 * Watches the machine's clock for the timestamps made here. A timestamp says "not later than": a clock moved back would
 * vouch for a moment before others that are out already, so it gets none until time has caught up. `notBefore` is the latest
 * moment known from before this process started.
 */
export const createClockGuard = (clock: Clock, notBefore: Temporal.Instant | null): ClockGuard => {
  let latest = notBefore;
  return {
    now() {
      const now = clock.now();
      const behindMs = latest === null ? 0 : now.until(latest).total('milliseconds');
      if (behindMs > TOLERANCE_MS) {
        throw new ClockError(
          `the clock shows ${now.toString()}, ${Math.round(behindMs)} ms before the last moment vouched for`,
        );
      }
      if (latest === null || behindMs < 0) latest = now;
      return now;
    },
  };
};
