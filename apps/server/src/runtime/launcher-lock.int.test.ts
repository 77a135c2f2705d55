import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { takeLauncherLock } from './launcher-lock.ts';

const MODULE = new URL('launcher-lock.ts', import.meta.url).href;

const launcherIn = async (folder: string) => {
  const script = join(folder, 'launcher.mjs');
  writeFileSync(
    script,
    `import { takeLauncherLock } from ${JSON.stringify(MODULE)};
     takeLauncherLock(${JSON.stringify(folder)}); gc(); process.stdout.write('held'); setInterval(() => undefined, 1000);`,
  );
  const child = spawn(process.execPath, ['--expose-gc', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return child;
};

test('a second launcher is refused with the number of the first, until the first is gone, however it went', async () => {
  const folder = temporaryFolder();
  const first = await launcherIn(folder);
  const sentence = `The system is already running in this folder (process ${first.pid}): stop it first.`;
  expect(() => takeLauncherLock(folder)).toThrow(sentence);
  first.kill('SIGKILL');
  await once(first, 'exit');
  takeLauncherLock(folder).release();
});

test('a released lock can be taken again, and releasing twice does no harm', () => {
  const folder = temporaryFolder();
  const lock = takeLauncherLock(folder);
  lock.release();
  const again = takeLauncherLock(folder);
  lock.release();
  expect(() => takeLauncherLock(folder)).toThrow('already running');
  expect(() => takeLauncherLock(folder)).toThrow('already running');
  again.release();
});

test('a folder that cannot be written is named', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'var'), '');
  expect(() => takeLauncherLock(join(folder, 'var'))).toThrow(/^Cannot use .*var: a file stands/);
});
