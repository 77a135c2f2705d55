import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { APP_ROLE, APP_SCHEMAS } from './app-role.ts';

/** Two processes that grant at once would trip over each other's rows of the catalogue. */
const LOCK = 7_306_502;

/** What PostgreSQL says to one who may not make roles, and to one whom another database of the server was ahead of. */
const NO_RIGHT = '42501';
const THERE_ALREADY: readonly string[] = ['42710', '23505'];

const codeOf = (error: unknown): string =>
  error instanceof DatabaseError && error.code !== undefined ? error.code : '';

const hasRole = async (client: Client): Promise<boolean> => {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [APP_ROLE]);
  return rowCount === 1;
};

/** Makes the role where it is missing; false when that is not for us to do. */
const makeRole = async (client: Client): Promise<boolean> => {
  if (await hasRole(client)) return true;
  try {
    await client.query(`create role ${APP_ROLE} nologin`);
    return true;
  } catch (error) {
    if (THERE_ALREADY.includes(codeOf(error))) return true;
    if (codeOf(error) === NO_RIGHT) return false;
    throw error;
  }
};

/** Lets the owner take the role on, so that a portal given the owner's DATABASE_URL works as the role all the same. */
const JOIN = `
  do $$ begin
    if not pg_has_role(current_user, '${APP_ROLE}', 'member') then
      execute format('grant ${APP_ROLE} to %I', current_user);
    end if;
  exception when insufficient_privilege then
    null; -- Its administrator has made it for other logins only: they can use it.
  end $$`;

const grantsOf = (schema: string): string[] => [
  `grant usage on schema ${schema} to ${APP_ROLE}`,
  `grant select, insert, update, delete on all tables in schema ${schema} to ${APP_ROLE}`,
  `grant usage, select on all sequences in schema ${schema} to ${APP_ROLE}`,
  `alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${APP_ROLE}`,
  `alter default privileges in schema ${schema} grant usage, select on sequences to ${APP_ROLE}`,
];

/** What the triggers refuse by append_only(): bits of pg_trigger.tgtype. */
const REFUSED_BY_TRIGGER = `
  select table_class.relname as name, bit_or(trigger.tgtype::int) & 8 > 0 as delete, bit_or(trigger.tgtype::int) & 16 > 0 as update
    from pg_trigger trigger
    join pg_class table_class on table_class.oid = trigger.tgrelid
    join pg_proc refusal on refusal.oid = trigger.tgfoid
   where refusal.proname = 'append_only' and table_class.relnamespace = 'public'::regnamespace
   group by table_class.relname`;

type Refused = { name: string; delete: boolean; update: boolean };

const revokesOf = (refused: readonly Refused[]): string[] => [
  `revoke insert, update, delete on schema_migration from ${APP_ROLE}`,
  ...refused.map((table) => {
    const rights = [...(table.update ? ['update'] : []), ...(table.delete ? ['delete'] : []), 'truncate'];
    return `revoke ${rights.join(', ')} on ${escapeIdentifier(table.name)} from ${APP_ROLE}`;
  }),
];

/**
 * Gives the role of web and worker its rights on this database, makes the role where it is missing, and takes from it what the
 * triggers refuse. Safe to repeat; part of every `migrate`, since a server's administrator may make the role later. False when the
 * role is missing and may not be made: the portal then runs as the owner of its tables.
 */
export const grantAppRights = async (connectionString: string): Promise<boolean> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    if (!(await makeRole(client))) return false;
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query(JOIN);
    for (const grant of APP_SCHEMAS.flatMap(grantsOf)) await client.query(grant);
    const { rows } = await client.query<Refused>(REFUSED_BY_TRIGGER);
    for (const revoke of revokesOf(rows)) await client.query(revoke);
    await client.query('commit');
    return true;
  } finally {
    await client.end();
  }
};
