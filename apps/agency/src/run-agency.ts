import type { Clock } from '@sochi/kernel';
import { createVerificationCache } from '@sochi/signature';
import type { FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import type { AgencyConfig } from './config.ts';
import { migrateAgency, openPool } from './database.ts';
import { createDecisionFeed } from './decision-feed.ts';
import { createFaults } from './faults.ts';
import type { IntakeContext } from './intake.ts';
import { createNumbering } from './numbering.ts';
import { startRobot, type RunningRobot } from './robot.ts';
import { buildAgencyServer } from './server.ts';
import { loadAgencyKey, type AgencyKey } from './signing-key.ts';

export type RunningAgency = {
  port: number;
  /** Takes no new work, ends what is under way within DRAIN_MS, and lets go of everything. */
  stop: () => Promise<void>;
};

const DRAIN_MS = 5_000;
const SWEEP_MS = 50;

const systemClock: Clock = { now: () => Temporal.Instant.fromEpochMilliseconds(Date.now()) };

/** A connection that falls silent only after the closing began would be kept alive for minutes: hence the sweeping. */
const drain = async (app: FastifyInstance): Promise<void> => {
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  const deadline = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
  await app.close().finally(() => {
    clearInterval(sweep);
    clearTimeout(deadline);
  });
};

const assemble = (config: AgencyConfig, key: AgencyKey, log: Logger) => {
  const pool = openPool(config.databaseUrl, (error) =>
    log.warn({ err: error }, 'an idle database connection broke'),
  );
  const feed = createDecisionFeed(pool);
  const faults = createFaults();
  let robot: RunningRobot | undefined;
  const intake: IntakeContext = {
    pool,
    key,
    clock: systemClock,
    cache: createVerificationCache(),
    robot: config.robot,
    nextNumber: createNumbering(pool),
    onTaken: (delayMs) => robot?.expect(delayMs),
  };
  const { service, faultsAllowed } = config;
  const app = buildAgencyServer({ intake, feed, faults, service, faultsAllowed, log });
  return {
    app,
    startRobot(): void {
      if (!config.robot) return;
      robot = startRobot(
        { pool, key, clock: systemClock, robot: config.robot },
        {
          onDecided: feed.wake,
          onError: (error) => log.warn({ err: error }, 'the robot could not decide, will try again'),
        },
      );
    },
    async stop(): Promise<void> {
      feed.close();
      faults.release();
      await drain(app);
      await robot?.stop();
      await pool.end();
    },
  };
};

/** Starts the receiving side: its own schema, key, server and robot. Throws AgencyKeyError and AgencyDatabaseError. */
export const runAgency = async (config: AgencyConfig): Promise<RunningAgency> => {
  const log = pino({
    level: config.logLevel,
    base: { service: 'agency' },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  const { keyDir: folder, trustRoot } = config;
  const key = await loadAgencyKey({ folder, trustRoot, now: systemClock.now() });
  await migrateAgency(config.databaseUrl);
  const { app, startRobot: start, stop } = assemble(config, key, log);
  await app.listen({ port: config.port, host: config.host });
  start();
  const address = app.server.address();
  return { port: typeof address === 'object' && address ? address.port : config.port, stop };
};
