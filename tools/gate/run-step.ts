import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readTestCount } from './count-tests.ts';
import type { GateResult, GateStep } from './step.ts';

const OUTPUT_LIMIT = 200_000;

type Ending = { ok: boolean; seconds: number; output: string };

const runProgram = (step: GateStep, root: string, signal: AbortSignal): Promise<Ending> =>
  new Promise((resolve) => {
    const started = performance.now();
    const [program, ...args] = step.command;
    const child = spawn(program, args, {
      cwd: join(root, step.folder ?? '.'),
      env: { ...process.env, NO_COLOR: '1', ...step.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, so that what it started ends with it
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    const kill = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(() => {
      output += `\ncut off after ${step.timeoutMs / 1000} s`;
      kill();
    }, step.timeoutMs);
    signal.addEventListener('abort', kill, { once: true });
    const end = (ok: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', kill);
      resolve({ ok, seconds: (performance.now() - started) / 1000, output });
    };
    child.once('error', (error) => {
      output += error.message;
      end(false);
    });
    child.once('close', (code) => end(code === 0));
  });

const resultOf = (step: GateStep, { ok, seconds, output }: Ending): GateResult => {
  const common = { name: step.name, seconds, output, left: 0 };
  if (!step.tests)
    return { ...common, outcome: ok ? 'passed' : 'failed', passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  const count = readTestCount(step.tests) ?? { passed: 0, failed: 0, left: 0 };
  // A runner that passes without having run anything has not passed, and one that fails has at least one failure.
  const isGood = ok && count.passed > 0 && count.failed === 0;
  return {
    ...common,
    ...count,
    failed: isGood ? 0 : Math.max(count.failed, 1),
    outcome: isGood ? 'passed' : 'failed',
  };
};

/** Runs one step to its end, or to its time limit, or until `signal` aborts. */
export const runStep = async (step: GateStep, root: string, signal: AbortSignal): Promise<GateResult> => {
  if (step.tests) rmSync(step.tests.file, { force: true });
  return resultOf(step, await runProgram(step, root, signal));
};
