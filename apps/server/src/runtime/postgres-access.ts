import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, isPortFree } from './ports.ts';
import { StartError } from './start-error.ts';

/** How to reach the embedded server; kept in `<var>/postgres.json`, readable by its owner only. */
export type PostgresAccess = { port: number; password: string };

/** The only role of the embedded server, and the name of its database. */
export const POSTGRES_ROLE = 'sochi';

const accessFileOf = (varFolder: string): string => join(varFolder, 'postgres.json');

/** Saves the access whole or not at all. */
export const saveAccess = (varFolder: string, access: PostgresAccess): void => {
  const file = accessFileOf(varFolder);
  writeFileSync(`${file}.new`, `${JSON.stringify(access)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** A new random password and a port that is free now. */
export const newAccess = async (): Promise<PostgresAccess> => ({
  port: await freePort(),
  password: randomBytes(24).toString('base64url'),
});

const readAccess = (varFolder: string): PostgresAccess => {
  const file = accessFileOf(varFolder);
  let saved: unknown;
  try {
    saved = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new StartError(`Cannot read ${file}, which holds the password of the database beside it.`, {
      cause,
    });
  }
  if (typeof saved === 'object' && saved !== null && 'port' in saved && 'password' in saved) {
    return { port: Number(saved.port), password: String(saved.password) };
  }
  throw new StartError(
    `${file} is damaged: it should hold the port and the password of the database beside it.`,
  );
};

/** The saved access, with another port when somebody has taken the saved one meanwhile. */
export const currentAccess = async (varFolder: string): Promise<PostgresAccess> => {
  const saved = readAccess(varFolder);
  if (await isPortFree(saved.port)) return saved;
  const access = { ...saved, port: await freePort() };
  saveAccess(varFolder, access);
  return access;
};

/** The URL for `database` on the embedded server. */
export const connectionStringFor = ({ port, password }: PostgresAccess, database: string): string =>
  `postgres://${POSTGRES_ROLE}:${password}@127.0.0.1:${port}/${database}`;
