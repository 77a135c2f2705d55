import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { fileSize, openLogFile, readLogFrom } from './log-file.ts';
import { untilClosed } from './processes.ts';
import { asStartError } from './start-error.ts';
import { assertNotStopped, orStopped } from './stop-request.ts';

/** Where everything of a starting system is; `environment` is what its processes get. */
export type SystemContext = {
  varFolder: string;
  connectionString: string;
  ports: { web: number; worker: number; agency: number };
  environment: Record<string, string | undefined>;
};

/** Something done once before the processes start: a function, or a program that must end with exit code 0. */
export type Step = { label: string } & (
  { run: (context: SystemContext) => Promise<void> } | { command: readonly [string, ...string[]] }
);

/** The line of a program's output that says most: its first error, else its last line. */
const tellingLine = (output: string): string | undefined => {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.find((line) => /^\[?\w*error\b/i.test(line)) ?? lines.findLast((line) => line !== '');
};

const runCommand = async (
  [program, ...args]: readonly [string, ...string[]],
  context: SystemContext,
  signal: AbortSignal,
): Promise<void> => {
  const logFile = join(context.varFolder, 'log', 'steps.log');
  const logStart = fileSize(logFile);
  const log = openLogFile(logFile);
  const stdio: ['ignore', number, number] = ['ignore', log, log];
  const child = spawn(program, args, { env: context.environment, stdio, detached: true, signal });
  closeSync(log);
  const code = await untilClosed(child);
  if (code === 0) return;
  throw new Error(`${tellingLine(readLogFrom(logFile, logStart)) ?? `exit code ${code}`} (see ${logFile})`);
};

/** Does the steps one after the other. Throws StartError naming the step that failed. */
export const runSteps = async (
  steps: readonly Step[],
  context: SystemContext,
  signal: AbortSignal,
): Promise<void> => {
  for (const step of steps) {
    assertNotStopped(signal);
    try {
      await orStopped('run' in step ? step.run(context) : runCommand(step.command, context, signal), signal);
    } catch (error) {
      throw asStartError(error, step.label);
    }
  }
};
