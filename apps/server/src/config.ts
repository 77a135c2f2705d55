import { isIP } from 'node:net';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const seconds = z.coerce.number().int().positive();

/** An address, or one with the number of bits that count: `10.0.0.0/8`. */
const isNetwork = (text: string): boolean => {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
};

/**
 * Everything the environment can say, flat. `.env.example` is written from this table.
 * Times carry their unit in the name; nothing depends on NODE_ENV.
 */
export const ENV = {
  PORT: port.default(8080).describe('Port of the portal'),
  HOST: z.string().default('127.0.0.1').describe('Address the portal listens on'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine(
      (parts) => parts.every(isNetwork),
      'must be addresses or networks like 10.0.0.0/8, with commas between',
    )
    .describe(
      'Proxies before the portal that name the real address (X-Forwarded-For), comma-separated; empty = none',
    ),
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
  PKI_REQUESTS_PER_MINUTE: seconds
    .default(6_000)
    .describe('Requests to /pki/* that one network address may make of one process in a minute'),
  BODY_LIMIT_BYTES: seconds.default(2_000_000).describe('Largest request body'),
  INSTALLATION: z
    .enum(['demonstration', 'production'])
    .default('demonstration')
    .describe('Whether signatures made here bind anybody: demonstration or production'),
  KEYSTORE: z
    .enum(['in-process', 'pkcs11'])
    .default('in-process')
    .describe('Where private keys are: in-process (a master key under VAR_DIR) or pkcs11 (an HSM)'),
  PKCS11_MODULE: z.string().optional().describe('The PKCS #11 library of the HSM, with KEYSTORE=pkcs11'),
  PKCS11_TOKEN_LABEL: z.string().max(32).optional().describe('Label of the token in the HSM'),
  PKCS11_PIN_FILE: z
    .string()
    .optional()
    .describe("File with the PIN of the token's user, readable by its owner alone"),
  PKCS11_SESSIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .default(2)
    .describe('Sessions one process has with the HSM, each in a process of its own'),
  TIMESTAMP_AUTHORITIES: z
    .string()
    .default('built-in')
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.union([z.literal('built-in'), z.url({ protocol: /^https?$/ })])).min(1))
    .describe(
      'Time-stamping authorities in their order: built-in or addresses (RFC 3161) of ones certified under our root, by commas',
    ),
  TIMESTAMP_TIMEOUT_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(10_000)
    .default(1_500)
    .describe('How long an external authority is waited for before the next one is asked'),
  TIMESTAMP_MAX_SKEW_MS: z.coerce
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(2_000)
    .describe('An authority whose time is further from ours is passed over'),
  TIMESTAMP_ACCURACY_MS: z.coerce
    .number()
    .int()
    .min(1)
    .max(999)
    .default(500)
    .describe('How far our clock may be off, as our own timestamps say'),
  TIMESTAMP_POLICY: z
    .string()
    .regex(/^[012](\.\d{1,9}){2,15}$/)
    .default('1.3.6.1.4.1.32473.1.1')
    .describe('Identifier of the policy in our own timestamps; the default is one reserved for examples'),
  WORKER_CONCURRENCY: seconds.default(8).describe('Deliveries one worker has under way per agency'),
} as const satisfies Record<string, z.ZodType>;

const PKCS11_SETTINGS = ['PKCS11_MODULE', 'PKCS11_TOKEN_LABEL', 'PKCS11_PIN_FILE'] as const;

const Env = z.object(ENV).check(({ value, issues }) => {
  if (value.KEYSTORE !== 'pkcs11') return;
  for (const name of PKCS11_SETTINGS.filter((setting) => value[setting] === undefined))
    issues.push({ code: 'custom', input: value, path: [name], message: 'KEYSTORE=pkcs11 needs it' });
});

export type KeystoreConfig =
  | { kind: 'in-process' }
  | { kind: 'pkcs11'; modulePath: string; tokenLabel: string; pinFile: string; sessions: number };

export type Config = {
  http: {
    port: number;
    host: string;
    bodyLimitBytes: number;
    trustedProxies: string[];
    pkiRequestsPerMinute: number;
  };
  worker: { port: number; concurrency: number };
  /** Without a slash at its end. */
  pki: { url: string };
  varDir: string;
  installation: z.infer<typeof ENV.INSTALLATION>;
  keystore: KeystoreConfig;
  databasePool: number;
  logLevel: z.infer<typeof ENV.LOG_LEVEL>;
  session: { idleSeconds: number; absoluteSeconds: number };
  login: { attemptsPerDay: number; failuresPerAddress: number };
  timestamps: {
    authorities: readonly string[];
    timeoutMs: number;
    maxSkewMs: number;
    accuracyMs: number;
    policy: string;
  };
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

const keystoreConfig = (e: z.infer<typeof Env>): KeystoreConfig =>
  e.KEYSTORE === 'in-process'
    ? { kind: 'in-process' }
    : {
        kind: 'pkcs11',
        // That the three are there was checked with the rest.
        modulePath: e.PKCS11_MODULE ?? '',
        tokenLabel: e.PKCS11_TOKEN_LABEL ?? '',
        pinFile: e.PKCS11_PIN_FILE ?? '',
        sessions: e.PKCS11_SESSIONS,
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
      http: {
        port: e.PORT,
        host: e.HOST,
        bodyLimitBytes: e.BODY_LIMIT_BYTES,
        trustedProxies: e.TRUSTED_PROXIES,
        pkiRequestsPerMinute: e.PKI_REQUESTS_PER_MINUTE,
      },
      worker: { port: e.WORKER_PORT, concurrency: e.WORKER_CONCURRENCY },
      pki: { url: (e.PKI_URL ?? ownUrl(e.HOST, e.PORT)).replace(/\/+$/, '') },
      varDir: e.VAR_DIR,
      installation: e.INSTALLATION,
      keystore: keystoreConfig(e),
      databasePool: e.DATABASE_POOL,
      logLevel: e.LOG_LEVEL,
      session: { idleSeconds: e.SESSION_IDLE_SECONDS, absoluteSeconds: e.SESSION_ABSOLUTE_SECONDS },
      login: { attemptsPerDay: e.LOGIN_ATTEMPTS_PER_DAY, failuresPerAddress: e.LOGIN_FAILURES_PER_ADDRESS },
      timestamps: {
        authorities: e.TIMESTAMP_AUTHORITIES,
        timeoutMs: e.TIMESTAMP_TIMEOUT_MS,
        maxSkewMs: e.TIMESTAMP_MAX_SKEW_MS,
        accuracyMs: e.TIMESTAMP_ACCURACY_MS,
        policy: e.TIMESTAMP_POLICY,
      },
      connectorEnv: env,
    },
    secrets: { databaseUrl: e.DATABASE_URL },
  };
};

/** `readEnv` of this process. Nothing else reads the environment. */
export const readProcessEnv = (): { config: Config; secrets: Secrets } => readEnv(process.env);
