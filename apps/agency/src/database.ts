import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const FOLDER = new URL('./migrations/', import.meta.url);
const LOCK = 7_306_502;

/** Brings the agency's own schema up to date: forward only, under a lock, each file once. */
export const migrateAgency = async (connectionString: string): Promise<void> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query('create schema if not exists agency');
    await client.query(
      'create table if not exists agency.schema_migration (name text primary key, checksum text not null)',
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from agency.schema_migration',
    );
    for (const name of (await readdir(FOLDER)).sort()) {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      const applied = rows.find((row) => row.name === name);
      if (applied && applied.checksum !== checksum)
        throw new Error(`migration ${name} of the agency was changed after it had been applied`);
      if (applied) continue;
      await client.query(
        `begin; ${sql}; insert into agency.schema_migration values ('${name}', '${checksum}'); commit`,
      );
    }
  } finally {
    await client.end();
  }
};

export const openPool = (connectionString: string, onError: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool({
    connectionString,
    max: 8,
    application_name: 'sochi-agency',
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', onError);
  return pool;
};
