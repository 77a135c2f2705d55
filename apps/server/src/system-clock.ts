import type { Clock } from '@sochi/kernel';

/** The machine's clock, to the millisecond: what is written into receipts is then exactly what the database keeps. */
export const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };
