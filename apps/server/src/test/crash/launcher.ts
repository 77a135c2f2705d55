import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SCRIPT = fileURLToPath(new URL('../fixtures/crash-launcher.ts', import.meta.url));
const START_TIMEOUT_MS = 90_000;

const Ready = z.object({ ready: z.object({ url: z.string(), databaseUrl: z.string() }) });
const Pids = z.object({ pids: z.record(z.string(), z.int()) });

/** The whole system under a launcher of its own, which can be killed as well. */
export type Launcher = {
  url: string;
  databaseUrl: string;
  pid: number;
  pids: () => Promise<Record<string, number>>;
  /** What the launcher told the person at the terminal. */
  lines: readonly string[];
  /** Ctrl-C. */
  stop: () => Promise<void>;
  /** SIGKILL to the launcher alone. */
  kill: () => Promise<void>;
};

/** Starts everything on `varFolder` as `npm start` does, and answers when it serves. */
export const launch = async (varFolder: string, port: number, companies: number): Promise<Launcher> => {
  const child = spawn(process.execPath, [SCRIPT, varFolder, String(port), String(companies)], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => lines.push(...chunk.toString('utf8').split('\n').filter(Boolean)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  const { ready } = await new Promise<z.infer<typeof Ready>>((resolve, reject) => {
    const failed = (why: string): void =>
      reject(new Error(`the system ${why}: ${lines.slice(-5).join(' | ')}`));
    const timer = setTimeout(() => failed('is not up in time'), START_TIMEOUT_MS);
    child.once('exit', (code) => failed(`ended with ${code}`));
    child.once('message', (message) => {
      clearTimeout(timer);
      resolve(Ready.parse(message));
    });
  });
  return {
    ...ready,
    pid: child.pid ?? 0,
    lines,
    pids: () =>
      new Promise((resolve) => {
        child.once('message', (message) => resolve(Pids.parse(message).pids));
        child.send('pids');
      }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
};
