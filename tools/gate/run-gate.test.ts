import { expect, test } from 'vitest';
import { runGate } from './run-gate.ts';
import type { GateResult, GateStep } from './step.ts';

const step = (name: string, more: Partial<GateStep> = {}): GateStep => ({
  name,
  command: ['true'],
  weight: 1,
  timeoutMs: 1,
  ...more,
});

/** Steps end in the order they are asked to; names in `broken` fail. */
const runner = (broken: readonly string[] = []) => {
  const log: string[] = [];
  let load = 0;
  let highest = 0;
  const hooks = {
    run: async ({ name, weight }: GateStep): Promise<GateResult> => {
      load += weight;
      highest = Math.max(highest, load);
      await Promise.resolve();
      await Promise.resolve();
      load -= weight;
      const ok = !broken.includes(name);
      return {
        name,
        outcome: ok ? 'passed' : 'failed',
        seconds: 1,
        passed: ok ? 1 : 0,
        failed: ok ? 0 : 1,
        left: 0,
        output: '',
      };
    },
    started: ({ name }: GateStep) => void log.push(`start ${name}`),
    ended: ({ name, outcome }: GateResult) => void log.push(`${outcome} ${name}`),
  };
  return { hooks, log, highest: () => highest };
};

test('never asks more of the machine than two cores, and uses both', async () => {
  const { hooks, highest } = runner();
  const results = await runGate([step('a'), step('b'), step('c', { weight: 2 }), step('d')], hooks);
  expect(highest()).toBe(2);
  expect(results.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
});

test('goes on after a failure; a step that needs the failed one is left out and counts as failed', async () => {
  const { hooks, log } = runner(['a']);
  const results = await runGate(
    [step('a'), step('b', { needs: ['a'] }), step('c', { needs: ['b'] }), step('d')],
    hooks,
  );
  expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped', 'skipped', 'passed']);
  expect(results.map(({ failed }) => failed)).toEqual([1, 1, 1, 0]);
  expect(log).not.toContain('start b');
});

test('waits for what a step needs, even when it comes later in the list', async () => {
  const { hooks, log } = runner();
  await runGate([step('journeys', { needs: ['build'] }), step('build')], hooks);
  expect(log).toEqual(['start build', 'passed build', 'start journeys', 'passed journeys']);
});
