import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../test/database.ts';
import { listMigrations, migrate, SchemaError } from './migrate.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
});
afterAll(() => database.drop());

const query = async (sql: string): Promise<string[]> => {
  const client = new Client({ connectionString: database.connectionString });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(sql);
  await client.end();
  return rows.map(({ name }) => name);
};

it('brings an empty database up to date, by several at once and again', async () => {
  await Promise.all([migrate(database), migrate(database), migrate(database)]);
  await migrate(database);
  expect(await query('select name from schema_migration order by name')).toEqual(
    (await listMigrations()).map(({ name }) => name),
  );
});

it('refuses a database that is newer than the program', async () => {
  await query(`insert into schema_migration values ('99990101T0000-later.sql', 'x')`);
  await expect(migrate(database)).rejects.toThrow(/newer than this program.*99990101T0000-later/);
  await query(`delete from schema_migration where name like '9999%'`);
});

it('refuses a migration that was changed after it had been applied', async () => {
  await query(`update schema_migration set checksum = 'other'`);
  await expect(migrate(database)).rejects.toThrow(SchemaError);
});
