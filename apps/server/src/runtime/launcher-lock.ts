import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { asStartError, StartError } from './start-error.ts';

/*
 * One launcher per data folder.
 *
 * The lock is a kernel lock on `launcher.lock`, taken through SQLite because Node has no flock of its own. The kernel
 * gives it up the instant its process dies, however it dies: there is no stale lock to recognise, no process number to
 * compare with a start time, and no moment at which two launchers can both believe the old one dead.
 * `launcher.pid` only serves the sentence shown to the second launcher.
 */

/** Held until released or until this process is gone. */
export type LauncherLock = { release: () => void };

const SQLITE_BUSY = 5;
/** A handle nobody refers to is collected, and its lock with it. */
const held = new Set<DatabaseSync>();

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;

const holder = (pidFile: string): string => {
  try {
    return ` (process ${readFileSync(pidFile, 'utf8').trim()})`;
  } catch {
    return '';
  }
};

/** Takes the lock of `varFolder`, making the folder if need be. Throws StartError when another launcher has it. */
export const takeLauncherLock = (varFolder: string): LauncherLock => {
  const pidFile = join(varFolder, 'launcher.pid');
  let database: DatabaseSync | undefined;
  try {
    mkdirSync(varFolder, { recursive: true });
    // Asked first, because SQLite has one error for many causes. The lock file itself must not be opened any other way:
    // closing it would give up the lock.
    accessSync(varFolder, constants.W_OK);
    database = new DatabaseSync(join(varFolder, 'launcher.lock'));
    database.exec('begin exclusive');
    writeFileSync(pidFile, `${process.pid}\n`);
  } catch (error) {
    database?.close();
    if (isBusy(error)) {
      throw new StartError(`The system is already running in this folder${holder(pidFile)}: stop it first.`, {
        cause: error,
      });
    }
    throw asStartError(error, `Locking ${varFolder}`);
  }
  const handle = database;
  held.add(handle);
  const release = (): void => {
    if (held.delete(handle)) handle.close();
  };
  return { release };
};
