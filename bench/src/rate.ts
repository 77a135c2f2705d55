import { inParallel } from './in-parallel.ts';

/** One operation to be timed: run over and over, `parallel` of them at a time. */
export type Operation = { run: () => unknown; parallel: number };

/** Operations per second of processor time of this process, all its threads together: what one core does. */
const slice = async ({ run, parallel }: Operation, seconds: number): Promise<number> => {
  const started = process.cpuUsage();
  const used = (): number => {
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1_000_000;
  };
  let count = 0;
  const lane = async (): Promise<void> => {
    while (used() < seconds) {
      await run();
      count += 1;
    }
  };
  await inParallel(parallel, parallel, lane);
  return count / used();
};

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

export type Rates = {
  /** Ours per processor second, median of the rounds. */
  perSecond: number;
  /** The bare operation per processor second, median of the rounds. */
  barePerSecond: number;
  /** Ours / bare, median of the rounds' own ratios: the machine's drift falls out. */
  ratio: number;
};

/** Times ours and the bare operation in turn, so that both meet the same machine. `seconds` of processor time for each in all. */
export const measureRates = async (
  ours: Operation,
  bare: Operation,
  { seconds, rounds }: { seconds: number; rounds: number },
): Promise<Rates> => {
  const share = seconds / rounds;
  await slice(ours, share);
  await slice(bare, share);
  const pairs: { ours: number; bare: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    pairs.push({ ours: await slice(ours, share), bare: await slice(bare, share) });
  }
  return {
    perSecond: median(pairs.map((pair) => pair.ours)),
    barePerSecond: median(pairs.map((pair) => pair.bare)),
    ratio: median(pairs.map((pair) => pair.ours / pair.bare)),
  };
};
