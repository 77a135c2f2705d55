import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../apps/server/src/test/temporary-folder.ts';
import { runStep } from './run-step.ts';
import type { GateStep } from './step.ts';

const script = (text: string, more: Partial<GateStep> = {}): GateStep => ({
  name: 'step',
  command: [process.execPath, '-e', text],
  weight: 1,
  timeoutMs: 20_000,
  ...more,
});

const never = new AbortController().signal;

test('a check counts as one, and its output is kept', async () => {
  const root = temporaryFolder();
  const good = await runStep(script('console.log("fine")'), root, never);
  expect(good).toMatchObject({ outcome: 'passed', passed: 1, failed: 0, output: 'fine\n' });
  const bad = await runStep(script('console.error("torn"); process.exit(2)'), root, never);
  expect(bad).toMatchObject({ outcome: 'failed', passed: 0, failed: 1, output: 'torn\n' });
});

test('a runner of tests that reports none, or a stale report, has not passed', async () => {
  const root = temporaryFolder();
  const file = join(root, 'report.json');
  writeFileSync(file, '{"numPassedTests":9}');
  const result = await runStep(script('', { tests: { kind: 'vitest', file } }), root, never);
  expect(result).toMatchObject({ outcome: 'failed', passed: 0, failed: 1 });
});

test('tests are counted, and a runner that fails with all tests green still fails', async () => {
  const root = temporaryFolder();
  const file = join(root, 'report.json');
  const write = `require('fs').writeFileSync(${JSON.stringify(file)}, '{"numPassedTests":9}')`;
  const tests = { kind: 'vitest', file } as const;
  expect(await runStep(script(write, { tests }), root, never)).toMatchObject({
    outcome: 'passed',
    passed: 9,
  });
  const torn = await runStep(script(`${write}; process.exit(1)`, { tests }), root, never);
  expect(torn).toMatchObject({ outcome: 'failed', passed: 9, failed: 1 });
});

test('a step that hangs is cut off together with what it started', async () => {
  const root = temporaryFolder();
  const late = join(root, 'late');
  const grandchild = `setTimeout(() => require('fs').writeFileSync(${JSON.stringify(late)}, ''), 1500)`;
  const hang = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`;
  const result = await runStep(script(hang, { timeoutMs: 700 }), root, never);
  expect(result.outcome).toBe('failed');
  expect(result.output).toContain('cut off after 0.7 s');
  await sleep(1_500);
  expect(existsSync(late)).toBe(false);
});
