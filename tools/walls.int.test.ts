import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../apps/server/src/test/temporary-folder.ts';
import { readSources } from './walls/read-sources.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = fileURLToPath(new URL('walls.ts', import.meta.url));

const run = (root: string) => {
  const { status, stdout } = spawnSync(process.execPath, [PROGRAM, root], { encoding: 'utf8' });
  return { status, stdout };
};

test('the check passes on this house and bites when a violation is planted in a copy of it', () => {
  const copy = temporaryFolder();
  for (const path of readSources(ROOT).keys()) cpSync(join(ROOT, path), join(copy, path));
  const clean = run(copy);
  expect(clean.stdout).toMatch(/, 0 broken walls\n$/);
  expect(clean.status).toBe(0);
  appendFileSync(join(copy, 'packages/kernel/src/money.ts'), `\nexport const late = Date.now();\n`);
  const broken = run(copy);
  expect(broken.stdout).toMatch(/kernel\/src\/money\.ts:\d+: kernel is pure and may not use Date\.now/);
  expect(broken.status).toBe(1);
});

test('a check that reads next to nothing does not pass', () => {
  const { status, stdout } = run(temporaryFolder());
  expect(stdout).toContain('the check itself is broken');
  expect(status).toBe(1);
});
