import { z } from 'zod';

const Env = z.object({
  AGENCY_PORT: z.coerce.number().int().min(0).max(65_535).default(8090),
  AGENCY_HOST: z.string().default('127.0.0.1'),
  AGENCY_DATABASE_URL: z.url(),
  AGENCY_KEY_DIR: z.string(),
  /** The operator's root certificate, PEM or DER; `trust-root.pem` in AGENCY_KEY_DIR unless given. */
  AGENCY_TRUST_ROOT: z.string().optional(),
  /** What this agency provides in X-Road: instance/class/member/subsystem/service. */
  AGENCY_SERVICE: z
    .string()
    .regex(/^[^/]+(\/[^/]+){4}$/, 'five parts with "/" between them')
    .default('KG/GOV/70000002/reports/sti'),
  /** `accept` or `reject`, and after how many milliseconds; `off` leaves reports to the curator. */
  AGENCY_ROBOT: z
    .string()
    .regex(/^(off|(accept|reject):\d{1,6})$/, '"off", "accept:MS" or "reject:MS"')
    .default('accept:700'),
  /** `on` lets tests order failures at POST /simulator/faults. */
  AGENCY_FAULTS: z.enum(['on', 'off']).default('off'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

export type Robot = { verdict: 'accepted' | 'rejected'; delayMs: number };

export type AgencyConfig = {
  port: number;
  host: string;
  databaseUrl: string;
  keyDir: string;
  trustRoot: string | null;
  service: string;
  robot: Robot | null;
  faultsAllowed: boolean;
  logLevel: string;
};

/** The environment is wrong: every problem in one sentence. */
export class AgencyConfigError extends Error {}

const robotOf = (text: string): Robot | null => {
  const [word, delay] = text.split(':');
  return word === 'off'
    ? null
    : { verdict: word === 'reject' ? 'rejected' : 'accepted', delayMs: Number(delay) };
};

/** The agency's settings. Throws AgencyConfigError naming every wrong variable, never its value. */
export const readAgencyConfig = (env: Record<string, string | undefined> = process.env): AgencyConfig => {
  const parsed = Env.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AgencyConfigError(`The environment of the agency is wrong: ${problems.join('; ')}`);
  }
  const e = parsed.data;
  return {
    port: e.AGENCY_PORT,
    host: e.AGENCY_HOST,
    databaseUrl: e.AGENCY_DATABASE_URL,
    keyDir: e.AGENCY_KEY_DIR,
    trustRoot: e.AGENCY_TRUST_ROOT ?? null,
    service: e.AGENCY_SERVICE,
    robot: robotOf(e.AGENCY_ROBOT),
    faultsAllowed: e.AGENCY_FAULTS === 'on',
    logLevel: e.LOG_LEVEL,
  };
};

/** The folder of the agency's key, for commands that need nothing else. Throws AgencyConfigError. */
export const readKeyDir = (env: Record<string, string | undefined> = process.env): string => {
  const folder = env['AGENCY_KEY_DIR'];
  if (!folder)
    throw new AgencyConfigError('The environment of the agency is wrong: AGENCY_KEY_DIR is missing.');
  return folder;
};
