import { MalformedError } from '../../malformed-error.ts';
import { createRandom } from '../random.ts';
import { mutated } from './mutate.ts';
import type { Target } from './targets.ts';

export interface Crash {
  readonly target: string;
  readonly index: number;
  readonly error: string;
  /** The input, lower-case hex. */
  readonly input: string;
}

export interface FuzzReport {
  readonly runs: number;
  /** Inputs that were read to the end all the same. */
  readonly accepted: number;
  /** How many inputs were refused with each MalformedError code. */
  readonly refusals: ReadonlyMap<string, number>;
  /** Whatever was thrown that is no MalformedError. */
  readonly crashes: readonly Crash[];
  readonly slowest: { readonly target: string; readonly index: number; readonly ms: number };
}

export interface FuzzOrder {
  readonly targets: readonly Target[];
  readonly count: number;
  readonly seed: number;
  /** Called before each input: whoever watches sees where it hangs. */
  readonly starting?: (index: number, target: string) => void;
  /** Milliseconds from anywhere. */
  readonly now: () => number;
}

/** The input of a run: the same for the same sound inputs, seed and index. */
const inputOf = ({ seeds }: Target, seed: number, index: number): Uint8Array => {
  const random = createRandom(seed + Math.imul(index, 0x9e3779b1));
  return mutated(seeds[random.below(seeds.length)] ?? new Uint8Array(), random);
};

/** Runs the targets in turn on mutated inputs. */
export const runFuzz = async ({ targets, count, seed, starting, now }: FuzzOrder): Promise<FuzzReport> => {
  const refusals = new Map<string, number>();
  const crashes: Crash[] = [];
  let accepted = 0;
  let slowest = { target: '', index: 0, ms: 0 };
  for (let index = 0; index < count; index += 1) {
    const target = targets[index % targets.length];
    if (target === undefined) break;
    const input = inputOf(target, seed, index);
    starting?.(index, target.name);
    const started = now();
    try {
      await target.run(input);
      accepted += 1;
    } catch (error) {
      if (error instanceof MalformedError) refusals.set(error.code, (refusals.get(error.code) ?? 0) + 1);
      else
        crashes.push({
          target: target.name,
          index,
          error: String(error),
          input: Buffer.from(input).toString('hex'),
        });
    }
    const ms = now() - started;
    if (ms > slowest.ms) slowest = { target: target.name, index, ms };
  }
  return { runs: count, accepted, refusals, crashes, slowest };
};
