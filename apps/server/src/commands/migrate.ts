import { agencies } from '@sochi/connectors';
import { requireDatabaseUrl } from '../compose.ts';
import { readProcessEnv } from '../config.ts';
import { STANDING_NOTES } from '../db/enter-app-role.ts';
import { grantAppRights } from '../db/grant-app-rights.ts';
import { migrate } from '../db/migrate.ts';
import { installQueues } from '../jobs.ts';
import type { Command } from './command.ts';

/**
 * Brings a database to this program's version: its own schema, the job queues, then the rights of the role that web and worker run
 * as. False when that role is missing and may not be made.
 */
export const migrateDatabase = async (connectionString: string): Promise<boolean> => {
  await migrate({ connectionString });
  await installQueues(connectionString, agencies);
  return grantAppRights(connectionString);
};

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the database of DATABASE_URL to this version (safe to repeat, also by several at once)',
  help: 'Forward only. Refuses a database that is newer than this program.',
  async run() {
    const hasRole = await migrateDatabase(requireDatabaseUrl(readProcessEnv().secrets));
    process.stdout.write('The database is up to date.\n');
    if (!hasRole) process.stderr.write(`Note: ${STANDING_NOTES.owner}.\n`);
    return 0;
  },
};
