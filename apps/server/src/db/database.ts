import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { withPreparedStatements } from './prepared-statements.ts';
import type { Database } from './types.gen.ts';

/** The pool: each statement on its own. Functions that must run inside a transaction take `Tx`, so passing this does not compile. */
export type Db = Kysely<Database>;
export type Tx = Transaction<Database>;
/** For queries that may run in either. */
export type DbOrTx = Kysely<Database>;

/** PostgreSQL's text of a timestamptz in UTC (`2026-11-23 15:40:00.123+00`) as an instant. */
const parseInstant = (text: string): Temporal.Instant => Temporal.Instant.from(text.replace(' ', 'T'));

const asText = (text: string): string => text;

const parserFor = (oid: number, format?: 'text' | 'binary'): unknown => {
  if (oid === pg.types.builtins.TIMESTAMPTZ) return parseInstant;
  // A date or a number beyond 2^53 does not survive Date or number: both stay text.
  if (oid === pg.types.builtins.DATE || oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC)
    return asText;
  return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid);
};

const OPTIONS =
  '-c timezone=UTC -c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000';

/** Adds our options to those of the address, such as its role: pg would take only the address's. */
const withOptions = (connectionString: string): string => {
  const url = new URL(connectionString);
  const own = url.searchParams.get('options');
  url.searchParams.set('options', own === null ? OPTIONS : `${OPTIONS} ${own}`);
  return url.href;
};

/** Settings of every connection of ours: UTC, bounded statements and lock waits. */
export const connectionSettings = (connectionString: string, applicationName: string): pg.ClientConfig => ({
  connectionString: withOptions(connectionString),
  application_name: applicationName,
  // The parser of every type we do not name is pg's own.
  types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
});

export type DatabaseHandle = { db: Db; pool: pg.Pool; close: () => Promise<void> };

/** Opens a pool. A connection that breaks while idle is replaced by the pool; `onError` is told. */
export const openDatabase = (options: {
  connectionString: string;
  applicationName: string;
  poolSize: number;
  onError: (error: Error) => void;
}): DatabaseHandle => {
  const pool = new pg.Pool({
    ...connectionSettings(options.connectionString, options.applicationName),
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
  });
  pool.on('error', options.onError);
  // The pool listens only to idle connections. One that breaks while a transaction holds it, between two statements, would
  // end the process with an unheard 'error'; heard, it fails the transaction's next statement.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: withPreparedStatements(pool) }) });
  return { db, pool, close: () => db.destroy() };
};

/** An instant to compare a column with. */
export const atTime = (instant: Temporal.Instant) =>
  sql<Temporal.Instant>`${instant.toString()}::timestamptz`;

/** Runs `work` in one transaction. Nothing inside may call the network: claim, call, record. */
export const inTransaction = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().execute(work);
