/** One word after `npm run bench --`. */
export type Bench = { name: string; help: string; run(args: readonly string[]): Promise<number> };
