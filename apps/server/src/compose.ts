import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { createCurrentLists, createResponder } from '#modules/certification/index.ts';
import { openTimestamping } from '#modules/timestamping/index.ts';
import type { Config, Secrets } from './config.ts';
import type { AppContext } from './context.ts';
import { openDatabase } from './db/database.ts';
import { enterAppRole, STANDING_NOTES } from './db/enter-app-role.ts';
import { createBoss, createJobs } from './jobs.ts';
import { keystoreWarning, openKeystore } from './keys/open-keystore.ts';
import { loadOperator } from './keys/operator.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { systemClock } from './system-clock.ts';

/** The command needs a database and was given none. */
export class DatabaseUrlMissing extends Error {
  constructor() {
    super(
      'DATABASE_URL is not set: start the whole system with «npm start», or name a PostgreSQL server in DATABASE_URL.',
    );
  }
}

export const requireDatabaseUrl = ({ databaseUrl }: Secrets): string => {
  if (databaseUrl === undefined) throw new DatabaseUrlMissing();
  return databaseUrl;
};

export type Composed = {
  ctx: AppContext;
  boss: PgBoss;
  /** How further connections of the process reach the database, with no more rights than these. */
  connectionString: string;
  close: () => Promise<void>;
};

/** Connections of a portal have no more rights than it needs; the log says where they have more. */
const connectConfined = async (databaseUrl: string, log: Logger): Promise<string> => {
  const { connectionString, standing } = await enterAppRole(databaseUrl);
  if (standing === 'owner') log.warn(STANDING_NOTES.owner);
  if (standing === 'stepped_down') log.info(STANDING_NOTES.stepped_down);
  return connectionString;
};

/** Builds every part of a process, in order, by hand. `overrides` lets a test replace a part. */
export const compose = async (
  service: 'web' | 'worker',
  { config, secrets }: { config: Config; secrets: Secrets },
  overrides: Partial<Pick<AppContext, 'clock' | 'log' | 'keystore'>> = {},
): Promise<Composed> => {
  const log = overrides.log ?? createLog({ service, level: config.logLevel });
  const connectionString = await connectConfined(requireDatabaseUrl(secrets), log);
  const metrics = createMetrics(service);
  const clock = overrides.clock ?? systemClock;
  const keystore = overrides.keystore ?? (await openKeystore(config));
  const warning = keystoreWarning(config, keystore);
  if (warning !== undefined) log.warn(warning);
  const database = openDatabase({
    connectionString,
    applicationName: `sochi-${service}`,
    poolSize: config.databasePool,
    onError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
  });
  const boss = createBoss({ connectionString, log, poolSize: 3, worker: service === 'worker' });
  try {
    const base = { config, db: database.db, clock, log, metrics, keystore, jobs: createJobs(boss) };
    const { source: timestamps, builtIn: timestampAuthority } = await openTimestamping(base);
    const operator = await loadOperator({ ...base, timestamps });
    await boss.start();
    const ctx = {
      ...base,
      timestamps,
      timestampAuthority,
      operator,
      responder: createResponder(base),
      revocationLists: createCurrentLists(base),
    };
    const close = async (): Promise<void> => {
      await boss.stop({ graceful: true, timeout: 8_000 });
      await database.close();
      if (!overrides.keystore) await keystore.close();
    };
    return { ctx, boss, connectionString, close };
  } catch (error) {
    await database.close();
    if (!overrides.keystore) await keystore.close();
    throw error;
  }
};
