import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '../commands/migrate.ts';
import { startThrowAwayPostgres } from './throw-away-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the run's PostgreSQL server, as the role that may create databases. */
    testPostgresUrl: string;
  }
}

/** The database every test database is a copy of: all migrations and queues, no data. */
export const TEMPLATE = 'sochi_template';

const makeTemplate = async (serverUrl: string): Promise<void> => {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrateDatabase(url.href);
};

/** Once per run of the integration tests: one PostgreSQL without fsync, one migrated template. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const server = await startThrowAwayPostgres();
  try {
    await makeTemplate(server.connectionString);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('testPostgresUrl', server.connectionString);
  return server.stop;
};
