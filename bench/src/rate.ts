import { inParallel } from './in-parallel.ts';
import { processorMs } from './processor-time.ts';

/** One operation to be timed: run over and over, `parallel` of them at a time. */
export type Operation = { run: () => unknown; parallel: number };

/** Operations per second of processor time of this process, its threads and its children together: what one core does. */
const slice = async ({ run, parallel }: Operation, seconds: number): Promise<number> => {
  const usedBefore = await processorMs(process.pid);
  const end = performance.now() + seconds * 1000;
  let count = 0;
  await inParallel(parallel, parallel, async () => {
    while (performance.now() < end) {
      await run();
      count += 1;
    }
  });
  return (count * 1000) / ((await processorMs(process.pid)) - usedBefore);
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

/** Times ours and the bare operation in turn, so that both meet the same machine. `seconds` by the clock for each in all. */
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
