import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase } from './database.ts';

const query = async (connectionString: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

test('each test database is a migrated copy that shares nothing with the others', async () => {
  const one = await createTestDatabase();
  const two = await createTestDatabase();
  await query(one.connectionString, 'create table mine (n int)');
  const tables = `select table_name from information_schema.tables where table_name in ('mine', 'schema_migration') order by 1`;
  expect(await query(one.connectionString, tables)).toEqual([
    { table_name: 'mine' },
    { table_name: 'schema_migration' },
  ]);
  expect(await query(two.connectionString, tables)).toEqual([{ table_name: 'schema_migration' }]);
  await Promise.all([one.drop(), two.drop()]);
  await expect(query(one.connectionString, 'select 1')).rejects.toThrow('does not exist');
});

test('an empty database has no tables of ours, and is dropped under an open connection', async () => {
  const { connectionString, drop } = await createTestDatabase({ empty: true });
  const client = new Client({ connectionString });
  client.on('error', () => undefined); // the drop below cuts it off
  await client.connect();
  const { rowCount } = await client.query(
    `select 1 from information_schema.tables where table_schema = 'public'`,
  );
  expect(rowCount).toBe(0);
  await drop();
  await expect(client.query('select 1')).rejects.toThrow(/terminat|closed|not queryable/);
});
