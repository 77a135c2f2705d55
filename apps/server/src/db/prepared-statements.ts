import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';

/**
 * Lets PostgreSQL plan each statement once per connection and then only bind it: planning our statements costs more than running
 * them. The name follows the text; the number of names is bounded, since lists of varying length make varying texts.
 */
const MOST_NAMES = 300;
const names = new Map<string, string>();

const nameOf = (sql: string): string | undefined => {
  const known = names.get(sql);
  if (known !== undefined || names.size >= MOST_NAMES) return known;
  const name = `sochi_${names.size}`;
  names.set(sql, name);
  return name;
};

const query = async <R>(
  client: pg.PoolClient,
  sql: string,
  parameters: readonly unknown[],
): Promise<PostgresQueryResult<R>> => {
  const name = parameters.length > 0 ? nameOf(sql) : undefined;
  const result = await client.query<R & pg.QueryResultRow>({
    text: sql,
    values: [...parameters],
    ...(name === undefined ? {} : { name }),
  });
  // The command is what the statement says it is: Kysely's types come from the same statement.
  const command = result.command as PostgresQueryResult<R>['command'];
  return { command, rowCount: result.rowCount ?? 0, rows: result.rows };
};

const wrap = (client: pg.PoolClient): PostgresPoolClient => ({
  // Kysely also knows cursors; we open none.
  query: ((sql: string, parameters: readonly unknown[]) =>
    query(client, sql, parameters)) as PostgresPoolClient['query'],
  release: (destroy) => client.release(destroy),
});

/** The pool as Kysely wants it, with every statement that has parameters prepared. */
export const withPreparedStatements = (pool: pg.Pool): PostgresPool => {
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    connect: async () => {
      const client = await pool.connect();
      const known = wrapped.get(client) ?? wrap(client);
      wrapped.set(client, known);
      return known;
    },
    end: () => pool.end(),
  };
};
