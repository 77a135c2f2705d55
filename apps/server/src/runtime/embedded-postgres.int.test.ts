import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { startEmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded-postgres.ts';
import { choosePostgresAccount } from './postgres-account.ts';
import { isAlive, waitForExit } from './processes.ts';
import { StartError } from './start-error.ts';

const start = async (options: EmbeddedPostgresOptions) => {
  const server = await startEmbeddedPostgres(options);
  onTestFinished(() => server.stop());
  return server;
};

const query = async (connectionString: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

test('what was committed is there after a stop and a start, at the same address', async () => {
  const varFolder = temporaryFolder();
  const first = await start({ varFolder });
  await query(first.connectionString, 'create table t as select 42 as n');
  expect(await query(first.connectionString, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);
  const second = await start({ varFolder });
  expect(second.connectionString).toBe(first.connectionString);
  expect(await query(second.connectionString, 'select n from t')).toEqual([{ n: 42 }]);
});

test('the password is only for its owner, and the server only for this machine', async () => {
  const varFolder = temporaryFolder();
  const { connectionString } = await start({ varFolder, durable: false });
  expect(statSync(join(varFolder, 'postgres.json')).mode & 0o777).toBe(0o600);
  const wrong = new URL(connectionString);
  wrong.password = 'guess';
  await expect(query(wrong.href, 'select 1')).rejects.toThrow('password authentication failed');
  const settings = `select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories') order by 1`;
  expect(await query(connectionString, settings)).toEqual([
    { name: 'listen_addresses', setting: '127.0.0.1' },
    { name: 'unix_socket_directories', setting: '' },
  ]);
});

test('another port is chosen when somebody took the saved one', async () => {
  const varFolder = temporaryFolder();
  const first = await start({ varFolder, durable: false });
  await first.stop();
  const thief = createServer().listen(first.port, '127.0.0.1');
  await once(thief, 'listening');
  onTestFinished(() => void thief.close());
  const second = await start({ varFolder, durable: false });
  expect(second.port).not.toBe(first.port);
  expect(await query(second.connectionString, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('a server killed with -9 loses nothing committed, and says that it ended', async () => {
  const varFolder = temporaryFolder();
  const ended = Promise.withResolvers<string>();
  const first = await start({ varFolder, onUnexpectedExit: ended.resolve });
  await query(first.connectionString, 'create table t as select 7 as n');
  process.kill(first.pid, 'SIGKILL');
  await ended.promise;
  const second = await start({ varFolder });
  expect(await query(second.connectionString, 'select n from t')).toEqual([{ n: 7 }]);
});

test('a server left running by a killed launcher is stopped, then started anew', async () => {
  const varFolder = temporaryFolder();
  const left = await start({ varFolder, durable: false });
  const second = await start({ varFolder, durable: false });
  expect(second.pid).not.toBe(left.pid);
  expect(isAlive(left.pid)).toBe(false);
  expect(await query(second.connectionString, 'select 1 as n')).toEqual([{ n: 1 }]);
});

test('a pid file whose number now belongs to a stranger does not stop the start, and the stranger lives', async () => {
  const varFolder = temporaryFolder();
  chmodSync(varFolder, 0o755);
  await (await start({ varFolder, durable: false })).stop();
  const { command, args, ...identity } = choosePostgresAccount('/bin/sleep', '/').launch('sleep', ['60']);
  const stranger = spawn(command, args, { ...identity, cwd: '/' });
  onTestFinished(() => void stranger.kill('SIGKILL'));
  const lines = [stranger.pid, join(varFolder, 'postgres'), 1, 5432, '', '127.0.0.1', '1 1', 'ready'];
  writeFileSync(join(varFolder, 'postgres', 'postmaster.pid'), `${lines.join('\n')}\n`);
  const server = await start({ varFolder, durable: false });
  expect(await query(server.connectionString, 'select 1 as n')).toEqual([{ n: 1 }]);
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
});

/** Whether any user may enter this folder and all above it. */
const isOpenToOthers = (folder: string): boolean =>
  (statSync(folder).mode & 0o001) !== 0 && (dirname(folder) === folder || isOpenToOthers(dirname(folder)));

test.runIf(process.getuid?.() === 0)(
  'root runs it in a folder that nobody else may enter, and out in the open',
  async () => {
    const folder = temporaryFolder();
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    chmodSync(folder, 0o755);
    const hidden = await start({ varFolder: join(closed, 'var'), durable: false });
    expect(hidden.runsAs).toContain('user namespace');
    expect(await query(hidden.connectionString, 'select 1 as n')).toEqual([{ n: 1 }]);
    await hidden.stop();
    // The same data after the folder was opened: they change hands and back.
    chmodSync(closed, 0o755);
    const open = await start({ varFolder: join(closed, 'var'), durable: false });
    // The server's own programs lie in this checkout: where that is closed to others, the namespace stays.
    expect(open.runsAs).toContain(isOpenToOthers(import.meta.dirname) ? 'account' : 'user namespace');
    await open.stop();
    chmodSync(closed, 0o700);
    const again = await start({ varFolder: join(closed, 'var'), durable: false });
    expect(await query(again.connectionString, 'select 1 as n')).toEqual([{ n: 1 }]);
  },
);

const refusal = async (options: EmbeddedPostgresOptions): Promise<string> => {
  const error: unknown = await start(options).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(StartError);
  const { message } = error as StartError; // asserted above
  expect(message).not.toContain('\n');
  return message;
};

test('data of another PostgreSQL version are left alone', async () => {
  const varFolder = temporaryFolder();
  mkdirSync(join(varFolder, 'postgres'));
  writeFileSync(join(varFolder, 'postgres', 'PG_VERSION'), '17\n');
  expect(await refusal({ varFolder })).toMatch(/was written by PostgreSQL 17, this program brings 18/);
});

test('a folder that is no database is left alone', async () => {
  const varFolder = temporaryFolder();
  mkdirSync(join(varFolder, 'postgres'));
  writeFileSync(join(varFolder, 'postgres', 'letter.txt'), 'dear');
  expect(await refusal({ varFolder })).toMatch(/not a database/);
  expect(readFileSync(join(varFolder, 'postgres', 'letter.txt'), 'utf8')).toBe('dear');
});

test('a var folder that cannot be made is named', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  expect(await refusal({ varFolder: join(file, 'var') })).toMatch(
    /^Cannot use .*file stands where a folder should be/,
  );
});

test('when the server refuses to start, its own last words are shown and nothing is left running', async () => {
  const varFolder = temporaryFolder();
  const sentence = await refusal({ varFolder, durable: false, settings: { shared_buffers: 'plenty' } });
  expect(sentence).toMatch(/PostgreSQL does not start.*shared_buffers/);
  expect(() => statSync(join(varFolder, 'postgres', 'postmaster.pid'))).toThrow('ENOENT');
});

test('a start that is called off leaves nothing running', async () => {
  const varFolder = temporaryFolder();
  await (await start({ varFolder, durable: false })).stop();
  const off = AbortSignal.abort();
  expect(await refusal({ varFolder, durable: false, signal: off })).toBe('Stopped while starting.');
  const pid = /\[(\d+)\] LOG: {2}starting PostgreSQL/g;
  const pids = [...readFileSync(join(varFolder, 'log', 'postgres.log'), 'utf8').matchAll(pid)].map(([, n]) =>
    Number(n),
  );
  for (const each of pids) expect(await waitForExit(each, 0)).toBe(true);
});
