import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

const FOLDER = new URL('./migrations/', import.meta.url);
const LOCK = 7_306_502;

const CONNECT_TIMEOUT_MS = 5_000;

/** The agency's database is not there, or not of this program. */
export class AgencyDatabaseError extends Error {}

/** Brings the agency's own schema up to date: forward only, under a lock, each file once. Throws AgencyDatabaseError. */
export const migrateAgency = async (connectionString: string): Promise<void> => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  await client.connect().catch((cause: unknown) => {
    throw new AgencyDatabaseError('The database of the agency cannot be reached.', { cause });
  });
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query('create schema if not exists agency');
    await client.query(
      'create table if not exists agency.schema_migration (name text primary key, checksum text not null)',
    );
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from agency.schema_migration',
    );
    const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
    const unknown = rows.find(({ name }) => !names.includes(name));
    if (unknown)
      throw new AgencyDatabaseError(
        `The database of the agency is newer than this program: it has ${unknown.name}.`,
      );
    for (const name of names) {
      const sql = await readFile(new URL(name, FOLDER), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      const applied = rows.find((row) => row.name === name);
      if (applied && applied.checksum !== checksum)
        throw new AgencyDatabaseError(
          `Migration ${name} of the agency was changed after it had been applied.`,
        );
      if (applied) continue;
      await client.query(
        `begin; ${sql}; insert into agency.schema_migration values ('${name}', '${checksum}'); commit`,
      );
    }
  } finally {
    await client.end();
  }
};

/** Connections for the agency's work; `onError` hears of idle ones that broke. */
export const openPool = (connectionString: string, onError: (error: Error) => void): pg.Pool => {
  const pool = new pg.Pool({
    connectionString,
    max: 8,
    application_name: 'sochi-agency',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  pool.on('error', onError);
  // One that breaks while a transaction holds it is not idle: unheard, its 'error' would end the process. Heard, it fails the
  // transaction's next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
};
