import type { Clock } from '@sochi/kernel';
import { pino } from 'pino';
import type { AgencyConfig } from './config.ts';
import { migrateAgency, openPool } from './database.ts';
import { createDecisionFeed } from './decision-feed.ts';
import type { IntakeContext } from './intake.ts';
import { createNumbering } from './report-store.ts';
import { runRobot } from './robot.ts';
import { buildAgencyServer } from './server.ts';
import { loadAgencyKey } from './signing-key.ts';

export type RunningAgency = { port: number; stop: () => Promise<void> };

const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

/** How long after the last report the robot keeps looking often: past the longest delay that matters to a user. */
const BUSY_AFTER_MS = 10_000;

/** Starts the receiving side: its own schema, key, server and robot. */
export const runAgency = async (config: AgencyConfig): Promise<RunningAgency> => {
  const log = pino({
    level: config.logLevel,
    base: { service: 'agency' },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  const key = await loadAgencyKey(config.keyDir);
  await migrateAgency(config.databaseUrl);
  const pool = openPool(config.databaseUrl, (error) =>
    log.warn({ err: error }, 'an idle database connection broke'),
  );
  const feed = createDecisionFeed(pool);
  const { robot } = config;
  let lastTaken = performance.now();
  const intake: IntakeContext = {
    pool,
    key,
    clock: systemClock,
    robot,
    nextNumber: createNumbering(pool),
    onTaken: () => {
      lastTaken = performance.now();
    },
  };
  const app = buildAgencyServer({ intake, feed, faultsAllowed: config.faultsAllowed, log });
  await app.listen({ port: config.port, host: config.host });
  const stopping = new AbortController();
  const working = robot
    ? runRobot({ pool, key, clock: systemClock, robot, onDecided: feed.wake }, stopping.signal, {
        busy: () => performance.now() - lastTaken < BUSY_AFTER_MS,
        onError: (error) => log.warn({ err: error }, 'the robot could not decide, will try again'),
      })
    : Promise.resolve();
  const address = app.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : config.port,
    async stop() {
      stopping.abort();
      feed.wake();
      await app.close();
      await working;
      await pool.end();
    },
  };
};
