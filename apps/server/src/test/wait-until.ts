import { setTimeout as sleep } from 'node:timers/promises';

/** Looks until `look` gives something other than undefined or false; throws with what it looked for after `timeoutMs`. */
export const waitUntil = async <T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  timeoutMs = 20_000,
): Promise<T> => {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited ${timeoutMs / 1000} s in vain: ${what}`);
    await sleep(50);
  }
};
