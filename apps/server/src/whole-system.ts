import { fileURLToPath } from 'node:url';
import type { ChildSpec, SystemContext, SystemOptions } from '#runtime/index.ts';
import type { Config, Secrets } from './config.ts';
import { installDemo } from './commands/demo.ts';
import { migrateDatabase } from './commands/migrate.ts';
import { agencyEnvironment, installAgencyKey } from './demo/training-agency.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const AGENCY = fileURLToPath(new URL('../../agency/src/cli.ts', import.meta.url));
const BUILD_WEB = fileURLToPath(new URL('../../../tools/build-web.ts', import.meta.url));

const children = ({ ports, varFolder, connectionString }: SystemContext): ChildSpec[] => [
  {
    name: 'web',
    command: [process.execPath, CLI, 'web'],
    ready: 'message',
  },
  {
    name: 'worker',
    command: [process.execPath, CLI, 'worker'],
    env: { GNS_URL: `http://127.0.0.1:${ports.agency}` },
    ready: 'message',
  },
  {
    name: 'agency',
    command: [process.execPath, AGENCY],
    env: agencyEnvironment({ varFolder, connectionString, port: ports.agency }),
    ready: 'message',
  },
];

/** All that `npm start` and the load tests run on one machine, but for when it stops. */
export const wholeSystem = (options: {
  config: Config;
  secrets: Secrets;
  report: (line: string) => void;
  /** Companies for load, besides the demonstration's. */
  loadCompanies?: number;
  environment?: Record<string, string>;
}): Omit<SystemOptions, 'signal'> => ({
  varFolder: options.config.varDir,
  http: options.config.http,
  databaseUrl: options.secrets.databaseUrl,
  environment: { ...options.config.connectorEnv, ...options.environment },
  report: options.report,
  steps: [
    { label: 'Building the screens', command: [process.execPath, BUILD_WEB] },
    { label: 'Migrating the database', run: ({ connectionString }) => migrateDatabase(connectionString) },
    {
      label: 'Loading the demonstration',
      run: async ({ connectionString, varFolder }) => {
        await installDemo({ varDir: varFolder }, connectionString, options.loadCompanies ?? 0);
        await installAgencyKey(varFolder);
      },
    },
  ],
  children,
});
