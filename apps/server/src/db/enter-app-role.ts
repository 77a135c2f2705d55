import { Client } from 'pg';
import { APP_ROLE } from './app-role.ts';

/** What the connections of a process may do: `confined` ones can never become the owner again, `stepped_down` ones could. */
export type Standing = 'confined' | 'stepped_down' | 'owner';

/** What is weaker than it could be, in one sentence for the log; nothing of `confined`. */
export const STANDING_NOTES: Readonly<Record<Exclude<Standing, 'confined'>, string>> = {
  owner: `the database has no role ${APP_ROLE} that this login may use, so the portal runs as the owner of its tables: only triggers keep the audit trail from being changed, and who takes over this process can remove them (let an administrator make the role and run «sochi migrate»)`,
  stepped_down: `the portal works as ${APP_ROLE}, but its DATABASE_URL logs in as the owner: who takes over this process could step up again (give web and worker a login of their own: create role ... login in role ${APP_ROLE})`,
};

/** The privilege that lets one take a role on is named so since PostgreSQL 16. */
const LOOK_AROUND = `
  select role.oid is not null and pg_has_role(current_user, role.oid,
           case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end) as may_enter,
         coalesce(pg_has_role(current_user, trail.relowner, 'member'), true) as is_owner
    from (select) nothing
    left join pg_roles role on role.rolname = '${APP_ROLE}'
    left join pg_class trail on trail.oid = to_regclass('public.audit_event')`;

const standingOf = async (connectionString: string): Promise<Standing> => {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ may_enter: boolean; is_owner: boolean }>(LOOK_AROUND);
    if (!rows[0]?.may_enter) return rows[0]?.is_owner === false ? 'confined' : 'owner';
    return rows[0].is_owner ? 'stepped_down' : 'confined';
  } finally {
    await client.end();
  }
};

/** The same address, whose connections work as the role from their first statement on. */
const withRole = (connectionString: string): string => {
  const url = new URL(connectionString);
  const options = url.searchParams.get('options');
  url.searchParams.set('options', `${options === null ? '' : `${options} `}-c role=${APP_ROLE}`);
  return url.href;
};

/** The address web and worker connect by: as the role without rights over what is append-only, wherever the login may take it on. */
export const enterAppRole = async (
  connectionString: string,
): Promise<{ connectionString: string; standing: Standing }> => {
  const standing = await standingOf(connectionString);
  return { connectionString: standing === 'owner' ? connectionString : withRole(connectionString), standing };
};
