import type { Clock } from '@sochi/kernel';
import type { Logger } from 'pino';
import { AppError } from '../../app-error.ts';
import type { Metrics } from '../../metrics.ts';
import { TimestampError, type Timestamp, type TimestampAuthority } from './timestamp-authority.ts';

export type TimestampSource = {
  /** A timestamp over `data`. Refuses with `timestamp.unavailable` when no authority gives a usable one. */
  take(data: Uint8Array): Promise<Timestamp>;
};

/**
 * Asks the authorities in their order and takes the first usable answer. One whose time is further from ours than
 * `maxSkewMs` is passed over: either its clock or ours is wrong, and a wrong time is worse than none. Each failure is an alarm.
 */
export const createTimestampSource = (options: {
  readonly authorities: readonly TimestampAuthority[];
  readonly maxSkewMs: number;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'error'>;
  readonly metrics: Pick<Metrics, 'alarms'>;
}): TimestampSource => {
  const { authorities, maxSkewMs, clock, log, metrics } = options;

  const askOne = async (authority: TimestampAuthority, data: Uint8Array): Promise<Timestamp> => {
    const timestamp = await authority.timestamp(data);
    const skewMs = Math.abs(timestamp.at.until(clock.now()).total('milliseconds'));
    if (skewMs > maxSkewMs) throw new TimestampError(`its clock and ours are ${Math.round(skewMs)} ms apart`);
    return timestamp;
  };

  return {
    async take(data) {
      const causes: unknown[] = [];
      for (const authority of authorities) {
        try {
          return await askOne(authority, data);
        } catch (error) {
          causes.push(error);
          metrics.alarms.inc({ kind: 'timestamp_failed' });
          log.error({ err: error, authority: authority.name }, 'an authority gave no usable timestamp');
        }
      }
      throw new AppError('timestamp.unavailable', {}, { cause: new AggregateError(causes) });
    },
  };
};
