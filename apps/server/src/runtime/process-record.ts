import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthOf, isAlive, sendSignal, waitForExit } from './processes.ts';

/*
 * Which processes the launcher has started: `<var>/processes.json`. A launcher killed with -9 cannot stop them; they
 * stop by themselves when they notice, and the next start waits for that, so that it does not take its own past for
 * "another program" on its port. A number alone could meanwhile belong to a stranger, so the time of birth is kept too.
 */

type Recorded = { pid: number; birth: string };

/** Children drain for 10 s after losing their launcher. */
const DRAIN_MS = 12_000;

const fileOf = (varFolder: string): string => join(varFolder, 'processes.json');

/** Notes the processes under way. */
export const recordProcesses = (varFolder: string, pids: Iterable<number>): void => {
  const recorded = [...pids].map((pid) => ({ pid, birth: birthOf(pid) ?? '' }));
  writeFileSync(`${fileOf(varFolder)}.new`, JSON.stringify(recorded), { mode: 0o600 });
  renameSync(`${fileOf(varFolder)}.new`, fileOf(varFolder));
};

/** Forgets them: all were stopped. */
export const forgetProcesses = (varFolder: string): void => rmSync(fileOf(varFolder), { force: true });

const isRecorded = (value: unknown): value is Recorded =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  'birth' in value &&
  Number.isInteger(value.pid) &&
  typeof value.birth === 'string';

/** The recorded processes that still live; the numbers of strangers are not among them. */
export const findLeftovers = (varFolder: string): number[] => {
  try {
    const recorded: unknown = JSON.parse(readFileSync(fileOf(varFolder), 'utf8'));
    if (!Array.isArray(recorded)) return [];
    return recorded
      .filter(isRecorded)
      .filter(({ pid, birth }) => isAlive(pid) && birthOf(pid) === birth)
      .map(({ pid }) => pid);
  } catch {
    return []; // no record, or half a record of a crash: nothing is known
  }
};

/** Waits until they are gone, SIGKILL after 12 s. The caller holds the launcher lock. */
export const endLeftovers = async (pids: readonly number[]): Promise<void> => {
  const deadline = performance.now() + DRAIN_MS;
  for (const pid of pids) {
    if (!(await waitForExit(pid, Math.max(deadline - performance.now(), 0)))) sendSignal(-pid, 'SIGKILL');
  }
};
