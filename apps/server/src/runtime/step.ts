import { spawn } from 'node:child_process';
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

const runCommand = async (
  [program, ...args]: readonly [string, ...string[]],
  context: SystemContext,
  signal: AbortSignal,
): Promise<void> => {
  const child = spawn(program, args, {
    env: context.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    signal,
  });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-4_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await untilClosed(child);
  if (code !== 0) throw new Error(output.trim().split('\n').slice(-3).join(' | ') || `exit code ${code}`);
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
