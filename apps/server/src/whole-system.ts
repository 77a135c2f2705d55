import { fileURLToPath } from 'node:url';
import type { ChildSpec, SystemContext, SystemOptions } from '#runtime/index.ts';
import { readEnv, type Config, type Secrets } from './config.ts';
import { installDemo } from './commands/demo.ts';
import { migrateDatabase } from './commands/migrate.ts';
import { makePortalLogin } from './db/make-portal-login.ts';
import { agencyEnvironment } from './demo/training-agency.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const AGENCY = fileURLToPath(new URL('../../agency/src/cli.ts', import.meta.url));
const BUILD_WEB = fileURLToPath(new URL('../../../tools/build-web.ts', import.meta.url));

/** `portalUrl` is the database as web and worker see it; the agency has a schema of its own and is none of our business. */
const children = ({ ports, varFolder, connectionString }: SystemContext, portalUrl: string): ChildSpec[] => [
  {
    name: 'web',
    command: [process.execPath, CLI, 'web'],
    env: { DATABASE_URL: portalUrl },
    ready: 'message',
  },
  {
    name: 'worker',
    command: [process.execPath, CLI, 'worker'],
    env: { DATABASE_URL: portalUrl, GNS_URL: `http://127.0.0.1:${ports.agency}` },
    ready: 'message',
  },
  {
    name: 'agency',
    command: [process.execPath, AGENCY],
    env: agencyEnvironment({ varFolder, connectionString, port: ports.agency }),
    ready: 'message',
  },
];

type WholeSystemOptions = {
  config: Config;
  secrets: Secrets;
  report: (line: string) => void;
  /** Companies for load, besides the demonstration's. */
  loadCompanies?: number;
  environment?: Record<string, string>;
};

/**
 * Migrates, and gives the address for web and worker: on our own server through a login that is not the owner's; on another one
 * logins are its administrator's business.
 */
const prepareDatabase = async (connectionString: string, isOurs: boolean): Promise<string> => {
  const hasRole = await migrateDatabase(connectionString);
  return isOurs && hasRole ? makePortalLogin(connectionString) : connectionString;
};

/** All that `npm start` and the load tests run on one machine, but for when it stops. */
export const wholeSystem = (options: WholeSystemOptions): Omit<SystemOptions, 'signal'> => {
  let portalUrl: string | undefined;
  return {
    varFolder: options.config.varDir,
    http: options.config.http,
    databaseUrl: options.secrets.databaseUrl,
    environment: { ...options.config.connectorEnv, ...options.environment },
    report: options.report,
    steps: [
      { label: 'Building the screens', command: [process.execPath, BUILD_WEB] },
      {
        label: 'Migrating the database',
        run: async ({ connectionString }) => {
          portalUrl = await prepareDatabase(connectionString, options.secrets.databaseUrl === undefined);
        },
      },
      {
        label: 'Loading the demonstration',
        run: async ({ connectionString, environment }) => {
          const { config } = readEnv(environment);
          await installDemo(config, connectionString, { extra: options.loadCompanies ?? 0, agency: true });
        },
      },
    ],
    children: (context) => children(context, portalUrl ?? context.connectionString),
  };
};
