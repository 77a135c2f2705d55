import { readdir, readFile } from 'node:fs/promises';

/** Linux counts in ticks of 10 ms (USER_HZ is 100 on every architecture Node runs on). */
const MS_PER_TICK = 10;

type Stat = { parent: number; own: number; ended: number };

const readStat = async (pid: number): Promise<Stat | undefined> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name may hold spaces and parentheses: fields are counted after the last one. 4: parent, 14-17: times.
  const fields = text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  if (!fields) return undefined;
  const [, parent = 0] = fields;
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
  return { parent, own: user + system, ended: endedUser + endedSystem };
};

const allStats = async (): Promise<Map<number, Stat>> => {
  const pids = (await readdir('/proc')).map(Number).filter(Number.isInteger);
  const stats = await Promise.all(pids.map(async (pid) => [pid, await readStat(pid)] as const));
  return new Map(stats.flatMap(([pid, stat]) => (stat ? [[pid, stat] as const] : [])));
};

/** Processor milliseconds a process and all its descendants have used so far, those that have ended included. Linux only. */
export const processorMs = async (root: number): Promise<number> => {
  const stats = await allStats();
  const total = (pid: number): number => {
    const stat = stats.get(pid);
    if (!stat) return 0;
    const children = [...stats].filter(([, { parent }]) => parent === pid);
    return stat.own + stat.ended + children.reduce((sum, [child]) => sum + total(child), 0);
  };
  return total(root) * MS_PER_TICK;
};

/** The same for several named processes. */
export const processorMsByName = async (pids: Record<string, number>): Promise<Record<string, number>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(pids).map(async ([name, pid]) => [name, await processorMs(pid)] as const),
    ),
  );
