import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, sendSignal, servesFolder, waitForExit } from './processes.ts';
import { StartError } from './start-error.ts';

/** Ways to stop a PostgreSQL server, mildest first: fast, immediate, kill. How long each may take, in milliseconds. */
const STOP_LADDER = [
  ['SIGINT', 8_000],
  ['SIGQUIT', 3_000],
  ['SIGKILL', 3_000],
] as const;

/** Stops the server `pid`: fast shutdown, immediate if that takes over 8 s, SIGKILL at last. */
export const stopPostgresProcess = async (pid: number): Promise<void> => {
  for (const [signal, timeoutMs] of STOP_LADDER) {
    sendSignal(pid, signal);
    if (await waitForExit(pid, timeoutMs)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not stop`);
};

const readPid = (pidFile: string): number | undefined => {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Clears what a killed launcher left in `dataFolder`: stops a server that still works on it, removes a pid file whose
 * number now belongs to nobody or to a stranger (PostgreSQL itself would refuse to start for the stranger's sake).
 * The caller holds the launcher lock. Throws StartError when the server belongs to another user.
 */
export const clearLeftoverPostgres = async (dataFolder: string): Promise<'none' | 'stale' | 'stopped'> => {
  const pidFile = join(dataFolder, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === undefined) return 'none';
  if (isAlive(pid) && servesFolder(pid, dataFolder)) {
    try {
      await stopPostgresProcess(pid);
    } catch (cause) {
      throw new StartError(
        `A PostgreSQL of another user (process ${pid}) works on ${dataFolder}: stop it first.`,
        { cause },
      );
    }
    return 'stopped';
  }
  rmSync(pidFile, { force: true });
  return 'stale';
};
