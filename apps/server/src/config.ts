import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const seconds = z.coerce.number().int().positive();

/**
 * Everything the environment can say, flat. `.env.example` is written from this table.
 * Times carry their unit in the name; nothing depends on NODE_ENV.
 */
export const ENV = {
  PORT: port.default(8080).describe('Port of the portal'),
  HOST: z.string().default('127.0.0.1').describe('Address the portal listens on'),
  WORKER_PORT: port.default(0).describe('Port of the worker for /healthz and /metrics; 0 = any free one'),
  DATABASE_URL: z
    .string()
    .url()
    .optional()
    .describe('PostgreSQL to use; without it one is started under VAR_DIR'),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(10).describe('Connections of one process'),
  PKI_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Address that certificates name for revocation lists and OCSP; it must not change. Without it that of HOST and PORT',
    ),
  VAR_DIR: z
    .string()
    .default('var')
    .describe('Folder for data that is not in the database: keys, logs, embedded database'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least severe line that is logged'),
  SESSION_IDLE_SECONDS: seconds.default(20 * 60).describe('A session ends after this long without a request'),
  SESSION_ABSOLUTE_SECONDS: seconds.default(12 * 3600).describe('A session ends after this long in any case'),
  LOGIN_ATTEMPTS_PER_DAY: seconds.default(5).describe('Wrong PINs a credential may have in a Bishkek day'),
  LOGIN_FAILURES_PER_ADDRESS: seconds
    .default(100)
    .describe('Failed logins one network address may have in ten minutes'),
  BODY_LIMIT_BYTES: seconds.default(2_000_000).describe('Largest request body'),
  WORKER_CONCURRENCY: seconds.default(8).describe('Deliveries one worker has under way per agency'),
} as const satisfies Record<string, z.ZodType>;

const Env = z.object(ENV);

export type Config = {
  http: { port: number; host: string; bodyLimitBytes: number };
  worker: { port: number; concurrency: number };
  /** Without a slash at its end. */
  pki: { url: string };
  varDir: string;
  databasePool: number;
  logLevel: z.infer<typeof ENV.LOG_LEVEL>;
  session: { idleSeconds: number; absoluteSeconds: number };
  login: { attemptsPerDay: number; failuresPerAddress: number };
  /** Raw environment for the settings of connectors, which know their own names. */
  connectorEnv: Record<string, string | undefined>;
};

/** Kept apart from Config so that logging a Config can never print one. */
export type Secrets = { databaseUrl: string | undefined };

/** The environment said something we cannot work with; every problem is listed at once. */
export class ConfigError extends Error {}

/** Where this machine finds the portal: good for one machine, while a real centre names an address that lasts. */
const ownUrl = (host: string, port: number): string => {
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
};

/** Reads and checks the environment. Throws ConfigError naming every wrong variable. */
export const readEnv = (env: Record<string, string | undefined>): { config: Config; secrets: Secrets } => {
  const parsed = Env.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The environment is wrong: ${problems.join('; ')}`);
  }
  const e = parsed.data;
  return {
    config: {
      http: { port: e.PORT, host: e.HOST, bodyLimitBytes: e.BODY_LIMIT_BYTES },
      worker: { port: e.WORKER_PORT, concurrency: e.WORKER_CONCURRENCY },
      pki: { url: (e.PKI_URL ?? ownUrl(e.HOST, e.PORT)).replace(/\/+$/, '') },
      varDir: e.VAR_DIR,
      databasePool: e.DATABASE_POOL,
      logLevel: e.LOG_LEVEL,
      session: { idleSeconds: e.SESSION_IDLE_SECONDS, absoluteSeconds: e.SESSION_ABSOLUTE_SECONDS },
      login: { attemptsPerDay: e.LOGIN_ATTEMPTS_PER_DAY, failuresPerAddress: e.LOGIN_FAILURES_PER_ADDRESS },
      connectorEnv: env,
    },
    secrets: { databaseUrl: e.DATABASE_URL },
  };
};

/** `readEnv` of this process. Nothing else reads the environment. */
export const readProcessEnv = (): { config: Config; secrets: Secrets } => readEnv(process.env);
