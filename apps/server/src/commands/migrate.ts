import { agencies } from '@sochi/connectors';
import { requireDatabaseUrl } from '../compose.ts';
import { readProcessEnv } from '../config.ts';
import { migrate } from '../db/migrate.ts';
import { installQueues } from '../jobs.ts';
import type { Command } from './command.ts';

/** Brings a database to this program's version: its own schema, then the job queues. */
export const migrateDatabase = async (connectionString: string): Promise<void> => {
  await migrate({ connectionString });
  await installQueues(connectionString, agencies);
};

export const migrateCommand: Command = {
  name: 'migrate',
  summary: 'Bring the database of DATABASE_URL to this version (safe to repeat, also by several at once)',
  help: 'Forward only. Refuses a database that is newer than this program.',
  async run() {
    await migrateDatabase(requireDatabaseUrl(readProcessEnv().secrets));
    process.stdout.write('The database is up to date.\n');
    return 0;
  },
};
