import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { collectLog } from './child-log.ts';
import { fileSize, lastLines, readLogFrom } from './log-file.ts';
import { sendSignal, waitForExit } from './processes.ts';
import { StartError } from './start-error.ts';

/** A process the supervisor keeps running. */
export type ChildSpec = {
  /** Names its log file and its lines on the terminal: "web". */
  name: string;
  /** Program and arguments. */
  command: readonly [string, ...string[]];
  env?: Record<string, string>;
  /** Ready when this URL answers 2xx, or when the process calls reportReady(). */
  ready: { url: string } | 'message';
  /** Default 60 s. */
  readyTimeoutMs?: number;
};

export type ChildOptions = {
  varFolder: string;
  environment: Record<string, string | undefined>;
  report: (line: string) => void;
};

/** A process under way. `exited` resolves, never rejects, when it is gone. */
export type RunningChild = {
  pid: number;
  exited: Promise<string>;
  ready: () => Promise<void>;
  /** SIGTERM, and SIGKILL to the process and its own children at `deadline` (as of performance.now()). */
  stop: (deadline: number) => Promise<void>;
};

const READY_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

const answers = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
};

const untilAnswers = async (url: string, isOver: () => boolean): Promise<void> => {
  while (!isOver() && !(await answers(url))) await sleep(POLL_MS);
};

const untilMessage = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'ready' in message) resolve();
    });
  });

type Spawned = ChildProcess & { stdout: Readable; stderr: Readable };

const launch = (spec: ChildSpec, environment: ChildOptions['environment']): Spawned => {
  const [program, ...args] = spec.command;
  const child = spawn(program, args, {
    env: { ...environment, ...spec.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A session of its own: Ctrl-C in the terminal reaches the launcher alone, and the order of stopping stays with it.
    detached: true,
  });
  // Two pipes were asked for above; the types only know that for three.
  return child as Spawned;
};

const exitOf = (child: Spawned): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `exit code ${code}`));
  });

const stopChild = async (pid: number, deadline: number): Promise<void> => {
  if (pid === 0) return;
  sendSignal(pid, 'SIGTERM');
  const gone = await waitForExit(pid, Math.max(deadline - performance.now(), 1_000));
  // The group outlives its leader when the process had children of its own.
  sendSignal(-pid, 'SIGKILL');
  if (!gone) await waitForExit(pid, 2_000);
};

/** Starts the process; its output goes to `<varFolder>/log/<name>.log`, errors also to the terminal. */
export const startChild = (spec: ChildSpec, options: ChildOptions): RunningChild => {
  const logFile = join(options.varFolder, 'log', `${spec.name}.log`);
  const logStart = fileSize(logFile);
  const child = launch(spec, options.environment);
  const exited = exitOf(child);
  const ready = spec.ready === 'message' ? untilMessage(child) : undefined;
  const closeLog = collectLog(child, {
    path: logFile,
    report: (line) => options.report(`[${spec.name}] ${line}`),
  });
  child.once('close', closeLog);
  const pid = child.pid ?? 0;

  const untilReady = async (): Promise<void> => {
    const timeoutMs = spec.readyTimeoutMs ?? READY_TIMEOUT_MS;
    let over = false;
    const isReady = ready ?? untilAnswers(spec.ready === 'message' ? '' : spec.ready.url, () => over);
    const timer = new AbortController();
    const outcome = await Promise.race([
      isReady.then(() => 'ready'),
      exited.then((how) => `it ended at once (${how})`),
      sleep(timeoutMs, `it was not ready after ${timeoutMs / 1000} s`, { signal: timer.signal }).catch(
        () => 'stopped',
      ),
    ]);
    over = true;
    timer.abort();
    if (outcome === 'ready') return;
    await sleep(POLL_MS); // its last words may still be in the pipe
    const words = lastLines(readLogFrom(logFile, logStart), 3).split('\n').join(' | ');
    throw new StartError(
      `The ${spec.name} process does not start: ${outcome}; see ${logFile}${words && `: ${words}`}`,
    );
  };
  return { pid, exited, ready: untilReady, stop: (deadline) => stopChild(pid, deadline) };
};
