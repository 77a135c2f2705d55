import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../db/migrate.ts';
import { installQueues } from '../jobs.ts';
import { startEmbeddedPostgres } from '../runtime/index.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the run's PostgreSQL server, as the role that may create databases. */
    testPostgresUrl: string;
  }
}

/** The database every test database is a copy of: all migrations, no data. */
export const TEMPLATE = 'sochi_template';

/** Agencies whose queues the tests use. */
const AGENCIES = ['gns'];

const makeTemplate = async (serverUrl: string): Promise<void> => {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${TEMPLATE}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate({ connectionString: url.href });
  await installQueues(url.href, AGENCIES);
};

/** Once per run of the integration tests: one PostgreSQL without fsync in a temporary folder, one migrated template. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const varFolder = mkdtempSync(join(tmpdir(), 'sochi-test-'));
  const settings = { max_connections: '300', shared_buffers: '128MB' };
  const server = await startEmbeddedPostgres({ varFolder, durable: false, settings });
  const teardown = async (): Promise<void> => {
    await server.stop();
    rmSync(varFolder, { recursive: true, force: true });
  };
  try {
    await makeTemplate(server.connectionString);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('testPostgresUrl', server.connectionString);
  return teardown;
};
