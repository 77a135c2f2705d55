import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { inject } from 'vitest';
import { TEMPLATE } from './global-setup.ts';

/** A database of one test file. */
export type TestDatabase = { connectionString: string; drop: () => Promise<void> };

const runOnServer = async (sql: string): Promise<void> => {
  const client = new Client({ connectionString: inject('testPostgresUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/**
 * A database of its own on the run's PostgreSQL: a copy of the migrated template, or `empty` for a program that brings
 * its own schema. `drop` also ends connections that are still open. Only in `*.int.test.ts`.
 */
export const createTestDatabase = async (options?: { empty?: boolean }): Promise<TestDatabase> => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = options?.empty ? 'template1' : TEMPLATE;
  await runOnServer(`create database ${escapeIdentifier(name)} template ${template}`);
  const url = new URL(inject('testPostgresUrl'));
  url.pathname = `/${name}`;
  return {
    connectionString: url.href,
    drop: () => runOnServer(`drop database if exists ${escapeIdentifier(name)} with (force)`),
  };
};
