import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrateDatabase } from '../commands/migrate.ts';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { startThrowAwayPostgres } from '../test/throw-away-postgres.ts';
import { APP_ROLE } from './app-role.ts';
import { openDatabase } from './database.ts';
import { enterAppRole } from './enter-app-role.ts';
import { grantAppRights } from './grant-app-rights.ts';
import { makePortalLogin } from './make-portal-login.ts';

const APPEND_ONLY = [
  'audit_event',
  'audit_checkpoint',
  'audit_checkpoint_head',
  'filing_event',
  'filing_document',
  'filing_signature',
  'content',
  'ledger_entry',
  'delegation_use',
  'filing_revocation',
];

let database: TestDatabase;
let asRole: Client;
let asOwner: Client;

const connect = async (connectionString: string): Promise<Client> => {
  const client = new Client({ connectionString });
  await client.connect();
  return client;
};
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
const NO_RIGHT = '42501';

beforeAll(async () => {
  database = await createTestDatabase();
  asOwner = await connect(database.connectionString);
  asRole = await connect((await enterAppRole(database.connectionString)).connectionString);
});
afterAll(async () => {
  await asRole.end();
  await asOwner.end();
  await database.drop();
});

describe('the role of web and worker', () => {
  it.each(APPEND_ONLY)('has no right to change or empty %s', async (table) => {
    const column = (
      await asOwner.query<{ column_name: string }>(
        `select column_name from information_schema.columns where table_name = $1 limit 1`,
        [table],
      )
    ).rows[0]?.column_name;
    expect(await codeOf(asRole.query(`update ${table} set ${column} = ${column}`))).toBe(NO_RIGHT);
    expect(await codeOf(asRole.query(`delete from ${table}`))).toBe(NO_RIGHT);
    expect(await codeOf(asRole.query(`truncate ${table} cascade`))).toBe(NO_RIGHT);
    expect(await codeOf(asRole.query(`select from ${table}`))).toBe('done');
  });

  it('may not switch the triggers off, forget or rewrite migrations, or drop the head of a chain or a delegation', async () => {
    for (const statement of [
      'alter table audit_event disable trigger all',
      'drop table audit_event',
      'delete from schema_migration',
      "insert into schema_migration values ('99990101T0000-mine.sql', 'x')",
      'delete from audit_head',
      'delete from delegation',
      'create table public.mine (n int)',
      "set session_replication_role = 'replica'",
    ])
      expect(await codeOf(asRole.query(statement))).toBe(NO_RIGHT);
  });

  it('may use ordinary tables and the queue, also tables of later migrations', async () => {
    await asOwner.query('create table later (n int)');
    await asRole.query('insert into later values (1)');
    await asRole.query('update later set n = 2');
    await asRole.query('delete from later');
    await asOwner.query('drop table later');
    await asRole.query('update login_attempt set attempts = 0');
    await asRole.query('select count(*) from pgboss.job');
  });

  it('loses what a later trigger refuses, at the next migration', async () => {
    await asOwner.query(`create table diary (n int);
      create trigger diary_append_only before update or delete on diary for each statement execute function append_only()`);
    await grantAppRights(database.connectionString);
    await asRole.query('insert into diary values (1)');
    expect(await codeOf(asRole.query('update diary set n = 2'))).toBe(NO_RIGHT);
    await asOwner.query('drop table diary');
  });

  it('still has the options of every connection of ours', async () => {
    const { connectionString } = await enterAppRole(database.connectionString);
    const opened = openDatabase({
      connectionString,
      applicationName: 'sochi-test',
      poolSize: 1,
      onError: () => undefined,
    });
    const { rows } = await opened.pool.query<Record<string, string>>(
      `select current_user as role, current_setting('timezone') as zone, current_setting('lock_timeout') as lock_timeout`,
    );
    await opened.close();
    expect(rows).toEqual([{ role: APP_ROLE, zone: 'UTC', lock_timeout: '5s' }]);
  });
});

it('is granted by several at once', async () => {
  const results = await Promise.all([1, 2, 3, 4].map(() => grantAppRights(database.connectionString)));
  expect(results).toEqual([true, true, true, true]);
});

it.each(['delegation', 'delegation_use', 'filing_revocation'])('not even the owner empties %s', (table) =>
  expect(asOwner.query(`truncate ${table} cascade`)).rejects.toThrow(`${table} is append-only`),
);

it('the owner bypasses the grants, and is still stopped by the triggers', async () => {
  await expect(asOwner.query('truncate audit_event')).rejects.toThrow('audit_event is append-only');
  await expect(asOwner.query('delete from audit_event')).rejects.toThrow('audit_event is append-only');
  await expect(asOwner.query('delete from audit_head')).rejects.toThrow('audit_head is append-only');
});

describe('how a login stands', () => {
  it('an owner steps down to the role', async () => {
    expect((await enterAppRole(database.connectionString)).standing).toBe('stepped_down');
  });

  it('a login of the portal alone is confined, and cannot become anything else', async () => {
    const url = await makePortalLogin(database.connectionString);
    const { connectionString, standing } = await enterAppRole(url);
    expect(standing).toBe('confined');
    const client = await connect(connectionString);
    await client.query('set role none');
    expect(await codeOf(client.query('delete from audit_event'))).toBe(NO_RIGHT);
    expect(await codeOf(client.query('set role sochi'))).toBe(NO_RIGHT);
    await client.end();
  });

  it('an owner on a server where roles cannot be made works as the owner, after the same migrations', async () => {
    const server = await startThrowAwayPostgres();
    const administrator = await connect(server.connectionString);
    await administrator.query(`create role managed login password 'managed' nocreaterole`);
    await administrator.query('create database managed owner managed');
    await administrator.end();
    const url = new URL(server.connectionString);
    [url.username, url.password, url.pathname] = ['managed', 'managed', '/managed'];
    try {
      expect(await migrateDatabase(url.href)).toBe(false);
      expect(await enterAppRole(url.href)).toEqual({ connectionString: url.href, standing: 'owner' });
      const managed = await connect(url.href);
      await expect(managed.query('delete from audit_event')).rejects.toThrow('audit_event is append-only');
      await managed.end();
    } finally {
      await server.stop();
    }
  });
});
