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

const launch = async (folder: string, { port = '0', onLine = (_line: string): void => undefined } = {}) => {
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
    onLine(line);
    if (line.startsWith('READY ')) ready.resolve(JSON.parse(line.slice(6)) as Record<string, number>); // our own fixture
  });
  launcher.once('exit', () => ready.reject(new Error(lines.join('\n'))));
  const pids = await ready.promise;
  onTestFinished(() => {
    for (const pid of [launcher.pid ?? 0, ...Object.values(pids)]) sendSignal(pid, 'SIGKILL');
  });
  return { launcher, pids, lines, notes: () => readFileSync(notes, 'utf8') };
};

const living = (pids: Record<string, number>): string[] =>
  Object.keys(pids).filter((name) => isAlive(pids[name] ?? 0));

test('Ctrl-C, even delivered twice, stops all of it in order with exit code 0', async () => {
  const { launcher, pids, lines, notes } = await launch(temporaryFolder());
  launcher.kill('SIGINT');
  launcher.kill('SIGINT');
  expect(await once(launcher, 'exit')).toEqual([0, null]);
  expect(notes()).toMatch(/web stopped\nworker stopped\nagency stopped\n$/);
  expect(living(pids)).toEqual([]);
  expect(lines.slice(-2)).toEqual(['Stopping ...', 'Stopped.']);
});

test('the end of the process above stops it as well', async () => {
  const { launcher, pids } = await launch(temporaryFolder());
  launcher.disconnect();
  expect(await once(launcher, 'exit')).toEqual([0, null]);
  expect(living(pids)).toEqual([]);
});

test('after kill -9 of the launcher its processes end; the next start waits for them, on their very port, and runs', async () => {
  const folder = temporaryFolder();
  const port = String(await freePort());
  const first = await launch(folder, { port });
  // Frozen, so that it certainly still holds the port when the second launcher looks.
  const web = first.pids['web'] ?? 0;
  sendSignal(web, 'SIGSTOP');
  first.launcher.kill('SIGKILL');
  await once(first.launcher, 'exit');
  const thaw = (line: string): void => {
    if (line.startsWith('The last run was cut off')) sendSignal(web, 'SIGCONT');
  };
  const second = await launch(folder, { port, onLine: thaw });
  expect(living(first.pids)).toEqual([]);
  second.launcher.kill('SIGTERM');
  expect(await once(second.launcher, 'exit')).toEqual([0, null]);
  expect(living(second.pids)).toEqual([]);
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
