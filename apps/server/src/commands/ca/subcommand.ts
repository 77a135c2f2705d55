import type { CentreContext } from '#modules/certification/index.ts';

/** One word after `npm run sochi -- ca`. `run` gives what is written to standard output. */
export type Subcommand = {
  name: string;
  /** What stands after the name. */
  usage: string;
  summary: string;
  run(ctx: CentreContext, args: readonly string[]): Promise<string>;
};
