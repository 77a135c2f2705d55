/** One word after `npm run sochi --`. `run` gives the exit code; a server's promise lasts as long as it serves. */
export type Command = {
  name: string;
  summary: string;
  help: string;
  run(args: readonly string[]): Promise<number>;
};

/** Resolves at the first SIGTERM or SIGINT. */
export const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });

/** The command's words are off: one sentence says which. */
export class UsageError extends Error {}
