import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import type { ChildSpec } from './child.ts';
import { isAlive, waitForExit } from './processes.ts';
import { StartError } from './start-error.ts';
import { startSystem, type SystemOptions } from './supervisor.ts';
import type { SystemContext } from './step.ts';

const SCRIPT = fileURLToPath(new URL('../test/fixtures/fake-child.ts', import.meta.url));

const setting = () => {
  const folder = temporaryFolder();
  const notes = join(folder, 'notes');
  writeFileSync(notes, '');
  const lines: string[] = [];
  const fake = (name: string, ...habits: string[]): ChildSpec => ({
    name,
    command: [process.execPath, SCRIPT, name, notes, ...habits],
    ready: 'message',
  });
  const options: SystemOptions = {
    varFolder: join(folder, 'var'),
    http: { host: '127.0.0.1', port: 0 },
    databaseUrl: inject('testPostgresUrl'),
    environment: { PATH: process.env['PATH'] },
    steps: [],
    children: () => [fake('web', 'message')],
    report: (line) => void lines.push(line),
  };
  return { folder, options, fake, lines, notes: () => readFileSync(notes, 'utf8').trim().split('\n') };
};

const start = async (options: SystemOptions) => {
  const system = await startSystem(options);
  onTestFinished(() => system.stop());
  return system;
};

const sentenceOf = async (options: SystemOptions): Promise<string> => {
  const error: unknown = await start(options).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StartError);
  return (error as StartError).message; // asserted above
};

const ask = async (connectionString: string): Promise<void> => {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query('select 1');
  await client.end();
};

const urlOf = (port: number): string => `http://127.0.0.1:${port}/healthz`;

test('everything starts in order, by message or by URL, and stops in order with the database last', async () => {
  const { options, fake, notes, lines } = setting();
  const steps = [{ label: 'Asking', run: ({ connectionString }: SystemContext) => ask(connectionString) }];
  const children = ({ ports }: SystemContext): ChildSpec[] => [
    { ...fake('web'), ready: { url: urlOf(ports.web) } },
    { ...fake('worker'), ready: { url: urlOf(ports.worker) } },
    fake('agency', 'message'),
  ];
  const system = await start({ ...options, databaseUrl: undefined, steps, children });
  expect(notes().toSorted()).toEqual(
    ['agency', 'web', 'worker'].map((name) => `${name} started with database`),
  );
  expect(await (await fetch(system.url)).text()).toBe('ok');
  const pids = system.pids();
  expect(Object.keys(pids).toSorted()).toEqual(['agency', 'postgres', 'web', 'worker']);
  await system.stop();
  expect(notes().slice(3)).toEqual(['web stopped', 'worker stopped', 'agency stopped']);
  for (const pid of Object.values(pids)) expect(isAlive(pid)).toBe(false);
  expect(lines).toContain('[web] web grumbles');
  expect(readFileSync(join(options.varFolder, 'log', 'web.log'), 'utf8')).toContain('"msg":"web grumbles"');
});

test('a process or a database killed with -9 is started again, and the terminal says so', async () => {
  const { options, lines } = setting();
  const system = await start({ ...options, databaseUrl: undefined });
  const before = system.pids();
  process.kill(before['web'] ?? 0, 'SIGKILL');
  process.kill(before['postgres'] ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(lines).toContain('[web] runs again.'), 10_000);
  await vi.waitFor(() => expect(lines).toContain('[postgres] runs again.'), 20_000);
  expect(lines).toContain('[web] stopped unexpectedly (killed by SIGKILL); starting it again in 0.5 s.');
  await ask(system.connectionString);
  expect(await (await fetch(system.url)).text()).toBe('ok');
  const after = system.pids();
  expect(after['web']).not.toBe(before['web']);
  await system.stop();
  for (const pid of Object.values(after)) expect(isAlive(pid)).toBe(false);
});

test('a failing step is named, and what had been started is stopped', async () => {
  const { options, notes } = setting();
  const steps = [{ label: 'Loading demo data', run: () => Promise.reject(new Error('no companies')) }];
  expect(await sentenceOf({ ...options, databaseUrl: undefined, steps })).toBe(
    'Loading demo data failed: no companies',
  );
  expect(notes()).toEqual(['']);
  expect(existsSync(join(options.varFolder, 'postgres', 'postmaster.pid'))).toBe(false);
  await start(options); // the folder is free again
});

test('a step may be a program; the line of it that says most is shown when it fails', async () => {
  const { options, fake } = setting();
  const log = join(options.varFolder, 'log', 'steps.log');
  const step = (command: ChildSpec['command']) => ({ ...options, steps: [{ label: 'Demo', command }] });
  expect(await sentenceOf(step(fake('demo', 'fails').command))).toBe(
    `Demo failed: the cupboard is bare (see ${log})`,
  );
  const throws = [process.execPath, '-e', 'throw new TypeError("no such form")'] as const;
  expect(await sentenceOf(step(throws))).toBe(`Demo failed: TypeError: no such form (see ${log})`);
});

test('a process that does not start stops the whole start, with its last words', async () => {
  const { options, fake, notes } = setting();
  const children = () => [fake('web', 'message'), fake('worker', 'fails')];
  const sentence = await sentenceOf({ ...options, children });
  expect(sentence).toMatch(
    /The worker process does not start: it ended at once \(exit code 3\).*the cupboard is bare/,
  );
  expect(notes()).not.toContain('worker started with database');
  await start(options);
});

test('a process that never gets ready is given up', async () => {
  const { options, fake } = setting();
  const children = () => [{ ...fake('web'), readyTimeoutMs: 300 }];
  expect(await sentenceOf({ ...options, children })).toContain(
    'The web process does not start: it was not ready after 0.3 s',
  );
});

test('a busy port is named, with a way out, before anything is touched', async () => {
  const { options } = setting();
  const thief = createServer().listen(0, '127.0.0.1');
  await once(thief, 'listening');
  onTestFinished(() => void thief.close());
  const { port } = thief.address() as AddressInfo; // a TCP server has an address object
  const sentence = await sentenceOf({ ...options, http: { host: '127.0.0.1', port } });
  expect(sentence).toContain(`Port ${port} is used by another program`);
  expect(sentence).toContain('PORT=');
  expect(existsSync(options.varFolder)).toBe(false);
});

test('a database that is not there is named without its password', async () => {
  const { options } = setting();
  const databaseUrl = 'postgres://sochi:hush@127.0.0.1:1/portal';
  expect(await sentenceOf({ ...options, databaseUrl })).toBe(
    'The database 127.0.0.1:1/portal (DATABASE_URL) cannot be used: nothing listens there.',
  );
});

test('a start that is called off in the middle leaves nothing behind', async () => {
  const { options } = setting();
  const off = new AbortController();
  const forever = { label: 'Waiting', run: () => new Promise<void>(() => queueMicrotask(() => off.abort())) };
  const sentence = await sentenceOf({
    ...options,
    databaseUrl: undefined,
    steps: [forever],
    signal: off.signal,
  });
  expect(sentence).toBe('Stopped while starting.');
  expect(existsSync(join(options.varFolder, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('a second system in the same folder is refused while the first runs', async () => {
  const { options } = setting();
  const first = await start(options);
  expect(await sentenceOf(options)).toContain('The system is already running in this folder');
  expect(await waitForExit(first.pids()['web'] ?? 0, 0)).toBe(false);
});
