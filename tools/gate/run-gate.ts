import type { GateResult, GateStep } from './step.ts';

const CORES = 2;

export type GateHooks = {
  run: (step: GateStep) => Promise<GateResult>;
  started: (step: GateStep) => void;
  ended: (result: GateResult) => void;
};

const skipped = ({ name }: GateStep, because: string): GateResult => ({
  name,
  outcome: 'skipped',
  seconds: 0,
  passed: 0,
  failed: 1,
  left: 0,
  output: `not run, because "${because}" did not pass`,
});

/**
 * Runs the steps in their order, as many at a time as their weights fit on two cores. A failure does not stop the
 * others; only a step that needs a failed one is left out, and counts as failed.
 */
export const runGate = async (steps: readonly GateStep[], hooks: GateHooks): Promise<GateResult[]> => {
  const waiting = [...steps];
  const results = new Map<string, GateResult>();
  const running = new Map<string, { weight: number; done: Promise<void> }>();
  const load = (): number => running.values().reduce((sum, { weight }) => sum + weight, 0);
  const finish = (result: GateResult): void => {
    running.delete(result.name);
    results.set(result.name, result);
    hooks.ended(result);
  };
  const begin = (step: GateStep): void => {
    waiting.splice(waiting.indexOf(step), 1);
    const broken = step.needs?.find((name) => results.get(name)?.outcome !== 'passed');
    if (broken !== undefined) return finish(skipped(step, broken));
    hooks.started(step);
    running.set(step.name, { weight: step.weight, done: hooks.run(step).then(finish) });
  };
  const isDecided = ({ needs = [] }: GateStep): boolean => needs.every((name) => results.has(name));
  for (;;) {
    const next = waiting.find((step) => isDecided(step) && load() + step.weight <= CORES);
    if (next) begin(next);
    else if (running.size > 0) await Promise.race(running.values().map(({ done }) => done));
    else break;
  }
  return steps.flatMap(({ name }) => results.get(name) ?? []);
};
