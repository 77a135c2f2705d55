/*
 * The gate: `node tools/gate.ts fast` (npm run check) or `all` (npm test).
 *
 * Every step runs, whatever the others do; the exit code is 0 only when nothing failed. The last line is
 * `N passed, N failed`, counting each test, and each check that is not made of tests as one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../apps/server/src/runtime/ports.ts';
import { fastPlan, fullPlan } from './gate/plan.ts';
import { runGate } from './gate/run-gate.ts';
import { runStep } from './gate/run-step.ts';
import type { GateResult } from './gate/step.ts';

const ROOT = join(import.meta.dirname, '..');
const MARKS = { passed: '✓', failed: '✗', skipped: '-' } as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const sum = (results: readonly GateResult[], key: 'passed' | 'failed' | 'left'): number =>
  results.reduce((total, result) => total + result[key], 0);

const describe = ({ name, outcome, seconds, passed, failed, left }: GateResult): string => {
  const tests =
    passed + failed > 1
      ? ` ${passed} passed${failed ? `, ${failed} failed` : ''}${left ? `, ${left} left out` : ''}`
      : '';
  return `${MARKS[outcome]} ${name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s${tests}`;
};

/** What a step says it has left out, and why: shown also when it passed. */
const listSkipped = (output: string): string[] =>
  output.split('\n').filter((line) => line.startsWith('Skipped: '));

const report = (result: GateResult): void => {
  say(describe(result));
  if (result.outcome === 'passed') return listSkipped(result.output).forEach(say);
  say(`\n--- ${result.name} ---\n${result.output.trim()}\n--- end of ${result.name} ---\n`);
};

const stop = new AbortController();
const callOff = (): void => stop.abort();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, callOff);
process.once('disconnect', callOff);
process.channel?.unref();

const started = performance.now();
const extent = process.argv[2] === 'fast' ? 'fast' : 'all';
mkdirSync(join(ROOT, 'test-results'), { recursive: true });
const steps = extent === 'fast' ? fastPlan(ROOT) : fullPlan(ROOT, await freePort());
const results = await runGate(steps, {
  run: (step) => runStep(step, ROOT, stop.signal),
  started: ({ name }) => say(`… ${name}`),
  ended: report,
});

say(`\nSummary (${((performance.now() - started) / 1000).toFixed(1)} s)`);
for (const result of results) say(describe(result));
say(`\n${sum(results, 'passed')} passed, ${sum(results, 'failed')} failed`);
process.exitCode = sum(results, 'failed') === 0 && !stop.signal.aborted ? 0 : 1;
