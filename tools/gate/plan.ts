import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { GateStep } from './step.ts';

const MINUTE = 60_000;
const NODE = process.execPath;

/** A program of an npm package, to be run by this very Node: nothing depends on PATH. */
const bin = (program: string): string =>
  realpathSync(join(import.meta.dirname, '..', '..', 'node_modules', '.bin', program));

const check = (name: string, ...args: string[]): GateStep => ({
  name,
  command: [NODE, ...args],
  weight: 1,
  timeoutMs: 3 * MINUTE,
});

const vitest = (project: 'unit' | 'integration', root: string): Pick<GateStep, 'command' | 'tests'> => {
  const file = join(root, 'test-results', `${project}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  return { command: [NODE, bin('vitest'), ...args], tests: { kind: 'vitest', file } };
};

/** What `npm run check` does: under a minute. */
export const fastPlan = (root: string): GateStep[] => [
  check('types', bin('tsc'), '-p', 'tsconfig.json'),
  check('types of the screens', bin('tsc'), '-p', 'apps/web/tsconfig.json'),
  check('generated files are fresh', 'tools/gen.ts', '--check'),
  check('format', bin('prettier'), '--check', '--log-level', 'warn', '.'),
  check('lint', bin('oxlint'), '--type-aware', '--deny-warnings', '-f', 'unix'),
  check('walls', 'tools/walls.ts'),
  check('nothing unused', bin('knip'), '--no-progress', '--no-config-hints'),
  { name: 'unit and property tests', ...vitest('unit', root), weight: 2, timeoutMs: 5 * MINUTE },
];

/** What `npm test` does on top: everything there is. */
export const fullPlan = (root: string, e2ePort: number): GateStep[] => [
  { ...check('programs the tests need', 'tools/install-test-needs.ts'), timeoutMs: 10 * MINUTE },
  ...fastPlan(root),
  check('build of the screens', 'tools/build-web.ts'),
  {
    name: 'integration tests',
    ...vitest('integration', root),
    needs: ['programs the tests need', 'build of the screens'],
    weight: 2,
    timeoutMs: 12 * MINUTE,
  },
  {
    name: 'browser journeys',
    command: [NODE, bin('playwright'), 'test'],
    env: { E2E_PORT: String(e2ePort) },
    needs: ['programs the tests need', 'build of the screens'],
    weight: 2,
    timeoutMs: 10 * MINUTE,
    tests: { kind: 'playwright', file: join(root, 'test-results', 'e2e.json') },
  },
];
