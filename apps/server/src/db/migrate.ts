import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Client } from 'pg';

const FOLDER = new URL('./migrations/', import.meta.url);
/** Any constant will do, as long as it is ours alone: two processes migrating at once take turns. */
const LOCK = 7_306_501;

export class SchemaError extends Error {}

type Migration = { name: string; sql: string; checksum: string };

/** The migrations of this code, oldest first. */
export const listMigrations = async (): Promise<Migration[]> => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
};

type Applied = { name: string; checksum: string };

/** Throws SchemaError when the database has what this code does not know, or knows otherwise. */
const checkHistory = (applied: readonly Applied[], known: readonly Migration[]): void => {
  for (const { name, checksum } of applied) {
    const ours = known.find((migration) => migration.name === name);
    if (!ours)
      throw new SchemaError(
        `The database is newer than this program: it has ${name}, which is unknown here.`,
      );
    if (ours.checksum !== checksum)
      throw new SchemaError(`Migration ${name} was changed after it had been applied.`);
  }
};

const apply = async (client: Client, migration: Migration): Promise<void> => {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new SchemaError(
      `Migration ${migration.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
};

/** Brings the schema to this code's version, forward only, one transaction each, under an advisory lock. */
export const migrate = async (options: { connectionString: string }): Promise<void> => {
  const known = await listMigrations();
  const client = new Client({ connectionString: options.connectionString });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      `create table if not exists schema_migration (
         name text primary key, checksum text not null, applied_at timestamptz not null default now())`,
    );
    const { rows: applied } = await client.query<Applied>(
      'select name, checksum from schema_migration order by name',
    );
    checkHistory(applied, known);
    const pending = known.filter(({ name }) => !applied.some((row) => row.name === name));
    for (const migration of pending) await apply(client, migration);
  } finally {
    await client.end();
  }
};
