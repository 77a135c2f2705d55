import { setTimeout as sleep } from 'node:timers/promises';

/** Something that runs until it is stopped, or ends by itself when it should not. */
export type Life = { ended: Promise<string> };

export type KeepAliveOptions = {
  name: string;
  report: (line: string) => void;
  /** Starts it anew; a rejection counts as one more failed life. */
  revive: () => Promise<Life>;
  signal: AbortSignal;
};

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** A life this long forgives the failures before it. */
const GOOD_LIFE_MS = 60_000;

const untilEnded = async (life: Life, signal: AbortSignal): Promise<string> => {
  if (signal.aborted) return 'stopped';
  const stopped = Promise.withResolvers<string>();
  const stop = (): void => stopped.resolve('stopped');
  signal.addEventListener('abort', stop, { once: true });
  const how = await Promise.race([life.ended, stopped.promise]);
  signal.removeEventListener('abort', stop);
  return how;
};

/** Restarts what ends by itself, after 0.5 s, 1 s, 2 s, ... 30 s, until `signal` aborts; says each time so. */
export const keepAlive = async (first: Life, options: KeepAliveOptions): Promise<void> => {
  const { name, report, revive, signal } = options;
  let life: Life | undefined = first;
  let delayMs = FIRST_DELAY_MS;
  let bornAt = performance.now();
  while (!signal.aborted) {
    const how = life ? await untilEnded(life, signal) : 'could not start';
    if (signal.aborted) return;
    if (performance.now() - bornAt > GOOD_LIFE_MS) delayMs = FIRST_DELAY_MS;
    report(`[${name}] stopped unexpectedly (${how}); starting it again in ${delayMs / 1000} s.`);
    await sleep(delayMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    delayMs = Math.min(delayMs * 2, LONGEST_DELAY_MS);
    bornAt = performance.now();
    try {
      life = await revive();
      report(`[${name}] runs again.`);
    } catch (error) {
      life = undefined;
      if (!signal.aborted) report(`[${name}] ${error instanceof Error ? error.message : String(error)}`);
    }
  }
};
