import { Client } from 'pg';
import { errorCode, StartError } from './start-error.ts';

const OLDEST_VERSION = 150_000;
const CONNECT_TIMEOUT_MS = 5_000;

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host name cannot be resolved',
  ETIMEDOUT: 'there is no answer',
  EHOSTUNREACH: 'the host cannot be reached',
  '28P01': 'the password is wrong',
  '28000': 'the user may not log in',
  '3D000': 'there is no such database',
  '53300': 'it has no free connections',
};

/** Host, port and name, without the user and the password. */
const nameOf = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};

/** Throws StartError unless the PostgreSQL of DATABASE_URL can be reached within 5 s; never shows its password. */
export const assertDatabaseReachable = async (url: string): Promise<void> => {
  if (!URL.canParse(url))
    throw new StartError('DATABASE_URL is not an address like postgres://user:password@host:5432/name.');
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined); // the failed call below reports it
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    const version = rows[0]?.version ?? 0;
    if (version >= OLDEST_VERSION) return;
    throw new StartError(
      `The database ${nameOf(url)} (DATABASE_URL) is PostgreSQL ${Math.floor(version / 10_000)}: 15 or newer is needed.`,
    );
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    const reason =
      REASONS[errorCode(cause) ?? ''] ?? (cause instanceof Error ? cause.message : String(cause));
    throw new StartError(`The database ${nameOf(url)} (DATABASE_URL) cannot be used: ${reason}.`, { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
};
