import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { startChild } from './child.ts';
import { freePort } from './ports.ts';
import { isAlive, sendSignal } from './processes.ts';

const LAUNCHER = fileURLToPath(new URL('../test/fixtures/fake-launcher.ts', import.meta.url));
const CHILD = fileURLToPath(new URL('../test/fixtures/fake-child.ts', import.meta.url));

const launch = async (folder: string, port = '0') => {
  const notes = join(folder, 'notes');
  writeFileSync(notes, '');
  const launcher = fork(LAUNCHER, [join(folder, 'var'), notes, port], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines: string[] = [];
  const ready = Promise.withResolvers<Record<string, number>>();
  if (!launcher.stdout) throw new Error('a pipe was asked for');
  createInterface({ input: launcher.stdout }).on('line', (line) => {
    lines.push(line);
    if (line.startsWith('READY ')) ready.resolve(JSON.parse(line.slice(6)) as Record<string, number>); // our own fixture
  });
  launcher.once('exit', () => ready.reject(new Error(lines.join('\n'))));
  const pids = Object.values(await ready.promise);
  onTestFinished(() => {
    for (const pid of [launcher.pid ?? 0, ...pids]) sendSignal(pid, 'SIGKILL');
  });
  return { launcher, pids, lines, notes: () => readFileSync(notes, 'utf8') };
};

test('Ctrl-C, even delivered twice, stops all of it in order with exit code 0', async () => {
  const { launcher, pids, lines, notes } = await launch(temporaryFolder());
  launcher.kill('SIGINT');
  launcher.kill('SIGINT');
  expect(await once(launcher, 'exit')).toEqual([0, null]);
  expect(notes()).toMatch(/web stopped\nworker stopped\nagency stopped\n$/);
  expect(pids.filter(isAlive)).toEqual([]);
  expect(lines.slice(-2)).toEqual(['Stopping ...', 'Stopped.']);
});

test('the end of the process above stops it as well', async () => {
  const { launcher, pids } = await launch(temporaryFolder());
  launcher.disconnect();
  expect(await once(launcher, 'exit')).toEqual([0, null]);
  expect(pids.filter(isAlive)).toEqual([]);
});

test('after kill -9 of the launcher its processes end, and the next start cleans up and runs', async () => {
  const folder = temporaryFolder();
  const port = String(await freePort());
  const first = await launch(folder, port);
  first.launcher.kill('SIGKILL');
  await once(first.launcher, 'exit');
  const second = await launch(folder, port); // the very port the old web process may still hold
  expect(first.pids.filter(isAlive)).toEqual([]);
  expect(second.lines).toContain('The last run was cut off; waiting for the end of its processes ...');
  second.launcher.kill('SIGTERM');
  expect(await once(second.launcher, 'exit')).toEqual([0, null]);
  expect(second.pids.filter(isAlive)).toEqual([]);
});

test('a process deaf to SIGTERM is killed at the deadline', async () => {
  const folder = temporaryFolder();
  const notes = join(folder, 'notes');
  const command = [process.execPath, CHILD, 'web', notes, 'message', 'deaf'] as const;
  const options = { varFolder: folder, environment: { PORT: '0' }, report: () => undefined };
  const child = startChild({ name: 'web', command, ready: 'message' }, options);
  await child.ready();
  await child.stop(performance.now() + 1_000);
  expect(await child.exited).toBe('killed by SIGKILL');
  expect(readFileSync(notes, 'utf8')).toContain('web stopped');
});
