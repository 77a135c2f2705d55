import { open, readdir, readFile } from 'node:fs/promises';

/** Looks through the memory of another process of the same user (Linux). */

const CHUNK = 16 * 1024 * 1024;
/** Longer than any pattern: a match across two chunks is seen too. */
const OVERLAP = 4096;

type Region = { start: number; end: number };

/** What the process may read; the kernel's own pages at the end cannot be read by others. */
const listRegions = async (pid: number): Promise<Region[]> =>
  (await readFile(`/proc/${pid}/maps`, 'utf8'))
    .split('\n')
    .filter((line) => /^\S+ r/.test(line) && !/\[(vvar|vvar_vclock|vsyscall|vdso)\]/.test(line))
    .map((line) => {
      const [start = '', end = ''] = line.split(' ')[0]?.split('-') ?? [];
      return { start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) };
    });

/** Names of the patterns found, and how much was read. */
export const searchMemory = async (
  pid: number,
  patterns: Readonly<Record<string, Uint8Array>>,
): Promise<{ found: string[]; bytesRead: number }> => {
  const memory = await open(`/proc/${pid}/mem`, 'r');
  const found = new Set<string>();
  let bytesRead = 0;
  try {
    const chunk = Buffer.alloc(CHUNK);
    for (const { start, end } of await listRegions(pid)) {
      for (let at = start; at < end; at += CHUNK - OVERLAP) {
        const length = Math.min(CHUNK, end - at);
        // A page that was given back since the map was read, or that belongs to a device.
        const read = await memory.read(chunk, 0, length, at).catch(() => undefined);
        if (!read) break;
        bytesRead += read.bytesRead;
        const bytes = chunk.subarray(0, read.bytesRead);
        for (const [name, pattern] of Object.entries(patterns)) if (bytes.includes(pattern)) found.add(name);
      }
    }
  } finally {
    await memory.close();
  }
  return { found: [...found], bytesRead };
};

/** Processes that a process has started and that still run. */
export const childProcesses = async (pid: number | 'self'): Promise<number[]> => {
  const tasks = await readdir(`/proc/${pid}/task`);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
};
