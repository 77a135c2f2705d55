import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { APP_ROLE } from './app-role.ts';

const LOGIN = 'sochi_portal';

/**
 * A login that can only ever be the role of web and worker, with a new password; gives the address that uses it. For a server that is
 * ours alone: another portal on it would be locked out. Needs the role, and the right to make one.
 */
export const makePortalLogin = async (connectionString: string): Promise<string> => {
  const password = randomBytes(24).toString('base64url');
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [LOGIN]);
    if (rowCount === 0) await client.query(`create role ${LOGIN} login in role ${APP_ROLE}`);
    await client.query(`alter role ${LOGIN} password '${password}'`);
  } finally {
    await client.end();
  }
  const url = new URL(connectionString);
  url.username = LOGIN;
  url.password = password;
  return url.href;
};
