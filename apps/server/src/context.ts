import type { Clock } from '@sochi/kernel';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Db } from './db/database.ts';
import type { Keystore } from './keys/keystore.ts';
import type { Metrics } from './metrics.ts';
import type { Jobs } from './jobs.ts';
import type { CurrentLists, Responder } from '#modules/certification/index.ts';
import type { BuiltInAuthority, TimestampSource } from '#modules/timestamping/index.ts';
import type { Operator } from './keys/operator.ts';

/** Everything wired by hand in one place; each function asks only for its slice: `Pick<AppContext, 'db' | 'clock'>`. */
export type AppContext = {
  config: Config;
  db: Db;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  keystore: Keystore;
  operator: Operator;
  timestamps: TimestampSource;
  timestampAuthority: BuiltInAuthority;
  responder: Responder;
  revocationLists: CurrentLists;
  jobs: Jobs;
};
