import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../apps/server/src/test/temporary-folder.ts';

/** What stands in for npm, the one thing here that is not ours: it is slow, notes its calls, and brings "the pinned Node". */
const NPM = `#!/bin/sh
[ "$1" = --version ] && exit 0
echo "$*" >> npm-calls
[ -e npm-breaks ] && { echo "npm error: no network" >&2; exit 9; }
sleep 0.3
mkdir -p node_modules/node/bin
ln -sf "$REAL_NODE" node_modules/node/bin/node
`;

const ENTRY = `const n: number = 5;
process.on('SIGTERM', () => process.exit(7));
process.stdout.write(JSON.stringify(process.argv.slice(2)) + '\\n');
if (process.argv[2] === 'wait') setInterval(() => undefined, 1000); else process.exitCode = n;
`;

const project = () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'tools'));
  mkdirSync(join(root, 'bin'));
  copyFileSync(join(import.meta.dirname, 'bootstrap.mjs'), join(root, 'tools/bootstrap.mjs'));
  const manifest = { type: 'module', dependencies: { node: process.version.slice(1) } };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'entry.ts'), ENTRY);
  writeFileSync(join(root, 'bin/npm'), NPM);
  chmodSync(join(root, 'bin/npm'), 0o755);
  const env = {
    ...process.env,
    REAL_NODE: process.execPath,
    PATH: `${join(root, 'bin')}${delimiter}${process.env['PATH']}`,
  };
  const start = (args: string[], nodeArgs: string[] = []) =>
    spawn(process.execPath, [...nodeArgs, join(root, 'tools/bootstrap.mjs'), ...args], { cwd: root, env });
  const run = async (args: string[], nodeArgs?: string[]) => outcome(start(args, nodeArgs));
  const calls = () => readFileSync(join(root, 'npm-calls'), 'utf8').trim().split('\n').length;
  return { root, env, start, run, calls };
};

const outcome = async (child: ReturnType<typeof spawn>) => {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, out, err: err.trim() };
};

test('installs once, and again only when the lock file has changed; arguments and exit code pass through', async () => {
  const { root, run, calls } = project();
  const first = await run(['entry.ts', 'a', 'b c']);
  expect(first).toMatchObject({ code: 5, out: '["a","b c"]\n' });
  expect(first.err).toContain('Installing');
  expect(await run(['entry.ts'])).toEqual({ code: 5, out: '[]\n', err: '' });
  expect(calls()).toBe(1);
  writeFileSync(join(root, 'package-lock.json'), '{"changed":true}');
  await run(['entry.ts']);
  expect(calls()).toBe(2);
});

test('two commands at once in a fresh clone: one installs, the other waits', async () => {
  const { run, calls } = project();
  const results = await Promise.all([run(['entry.ts', 'one']), run(['entry.ts', 'two'])]);
  expect(results.map(({ code }) => code)).toEqual([5, 5]);
  expect(results.map(({ err }) => err).join()).toContain('Another command is installing in this folder');
  expect(calls()).toBe(1);
});

test('a failed install is one sentence after npm’s own, and leaves no lock behind', async () => {
  const { root, run } = project();
  writeFileSync(join(root, 'npm-breaks'), '');
  const { code, err } = await run(['entry.ts']);
  expect(code).toBe(1);
  expect(err.split('\n').slice(-2)).toEqual([
    'npm error: no network',
    'Installing failed: npm ci ended with code 9 (its message is above); mend that and start again.',
  ]);
  expect(existsSync(join(root, 'var/install.lock'))).toBe(false);
});

test('the lock of a killed install is broken', async () => {
  const { root, run } = project();
  mkdirSync(join(root, 'var'));
  writeFileSync(join(root, 'var/install.lock'), '4194304'); // above the largest number Linux gives out
  expect(await run(['entry.ts'])).toMatchObject({ code: 5, out: '[]\n' });
});

test('signals reach the program, and its exit code comes back', async () => {
  const { start, run } = project();
  await run(['entry.ts']);
  const child = start(['entry.ts', 'wait']);
  child.stdout.once('data', () => child.kill('SIGTERM'));
  expect(await outcome(child)).toMatchObject({ code: 7 });
});

test('when npm’s shell is killed, the program is stopped', async () => {
  const { root, env, run } = project();
  await run(['entry.ts']);
  const line = `"${process.execPath}" tools/bootstrap.mjs entry.ts wait; true`;
  const shell = spawn('/bin/sh', ['-c', line], { cwd: root, env: { ...env, npm_lifecycle_event: 'start' } });
  shell.stdout.once('data', () => shell.kill('SIGKILL'));
  await outcome(shell); // its output is closed only when the program, too, is gone
  expect(shell.signalCode).toBe('SIGKILL');
});

test('an old Node is told which one is needed', async () => {
  const { run } = project();
  const old = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'18.20.0'}})`;
  const { code, err } = await run(['entry.ts'], ['--import', old]);
  expect(code).toBe(1);
  expect(err).toMatch(/^Node\.js 20 or newer is needed; this is v.*: install it from nodejs\.org\.$/);
});

test('a pinned Node that did not come with the install is missed', async () => {
  const { root, run } = project();
  writeFileSync(join(root, 'package.json'), '{"type":"module","dependencies":{"node":"99.0.0"}}');
  const { code, err } = await run(['entry.ts']);
  expect(code).toBe(1);
  expect(err).toMatch(
    /Node v99\.0\.0 was not installed with the project \(found: v.*ignore-scripts=false"\.$/,
  );
});

test('a folder that cannot be written is named', async () => {
  const { root, run } = project();
  writeFileSync(join(root, 'var'), 'a file, not a folder');
  const { code, err } = await run(['entry.ts']);
  expect(code).toBe(1);
  expect(err).toMatch(/^Cannot write to .*: give this user the right to write there/);
});
