/*
 * npm run fuzz -- [--count 1000000] [--seed 1]
 *
 * Reads mutated inputs with every reader of the package, in a thread of its own that is watched from here. Fails when a reader
 * throws anything but MalformedError, takes more than a second over one input, hangs, or when memory grows. A run repeats itself
 * from the same seed, but for the keys in the sound inputs, so a crash prints its input.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { runFuzz, type FuzzReport } from './fuzz/run-fuzz.ts';
import { createTargets } from './fuzz/targets.ts';

const LONGEST_MS = 1000;
const HANGING_MS = 20_000;
const MOST_GROWTH_MB = 32;
const WARM_UP = 20_000;

interface Order {
  readonly count: number;
  readonly seed: number;
  /** Index of the input being read, shared between the threads. */
  readonly place: Int32Array;
}

interface Outcome {
  readonly report: FuzzReport;
  readonly growthMb: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const usedMb = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1_048_576;
};

const fuzzHere = async ({ count, seed, place }: Order): Promise<Outcome> => {
  const targets = await createTargets();
  const now = () => performance.now();
  const starting = (index: number) => void Atomics.store(place, 0, index);
  // The first inputs come twice, so that what is only made once does not count as growth.
  await runFuzz({ targets, count: Math.min(count, WARM_UP), seed, starting, now });
  const before = usedMb();
  const report = await runFuzz({ targets, count, seed, starting, now });
  return { report, growthMb: usedMb() - before };
};

const judge = ({ report, growthMb }: Outcome): boolean => {
  const { runs, accepted, refusals, crashes, slowest } = report;
  const refused = [...refusals.values()].reduce((sum, one) => sum + one, 0);
  say(
    `${runs} inputs: ${refused} refused for ${refusals.size} reasons, ${accepted} read or judged, ${crashes.length} crashes`,
  );
  say(
    `slowest: ${slowest.ms.toFixed(1)} ms (${slowest.target}, input ${slowest.index}); memory grew by ${growthMb.toFixed(1)} MB`,
  );
  for (const { target, index, error, input } of crashes.slice(0, 10))
    say(`CRASH ${target} ${index}: ${error}\n${input}`);
  return crashes.length === 0 && slowest.ms <= LONGEST_MS && growthMb <= MOST_GROWTH_MB;
};

const watchOver = (worker: Worker, { count, place }: Order): void => {
  let [lastIndex, lastChange] = [-1, performance.now()];
  const timer = setInterval(() => {
    const index = Atomics.load(place, 0);
    if (index !== lastIndex) [lastIndex, lastChange] = [index, performance.now()];
    say(`… ${Math.round((100 * index) / count)} %`);
    if (performance.now() - lastChange < HANGING_MS) return;
    say(`HANGS on input ${index}`);
    process.exitCode = 1;
    clearInterval(timer);
    void worker.terminate();
  }, 5000);
  worker.once('exit', () => clearInterval(timer));
};

const fuzzWatched = (order: Order): void => {
  const worker = new Worker(new URL(import.meta.url), { workerData: order });
  worker.once('message', (outcome: Outcome) => {
    const isWell = judge(outcome);
    say(isWell ? 'OK' : 'FAILED');
    process.exitCode = isWell ? 0 : 1;
  });
  worker.once('error', (error) => {
    say(`FAILED ${String(error)}`);
    process.exitCode = 1;
  });
  watchOver(worker, order);
};

setFlagsFromString('--expose-gc');
if (isMainThread) {
  const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
  const [count, seed] = [Number(values.count ?? 1_000_000), Number(values.seed ?? 1)];
  say(`${count} inputs from seed ${seed}`);
  fuzzWatched({ count, seed, place: new Int32Array(new SharedArrayBuffer(4)) });
} else {
  // Handed over by fuzzWatched above.
  parentPort?.postMessage(await fuzzHere(workerData as Order));
}
