import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { aCompany, type TestCompany } from './test/a-report.ts';
import { createKeyFolder, createTestAuthority } from './test/authority.ts';
import { agencyAt } from './test/call.ts';
import { createEmptyDatabase } from './test/database.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));

let company: TestCompany;
let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let keys: Awaited<ReturnType<typeof createKeyFolder>>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  const authority = await createTestAuthority();
  [company, database, keys] = await Promise.all([
    aCompany(authority),
    createEmptyDatabase(),
    createKeyFolder(authority),
  ]);
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(() => Promise.all([database.drop(), keys.remove()]));

const launch = (env: Record<string, string> = {}): ChildProcess => {
  const child = fork(CLI, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      AGENCY_PORT: '0',
      AGENCY_DATABASE_URL: database.url,
      AGENCY_KEY_DIR: keys.folder,
      AGENCY_FAULTS: 'on',
      LOG_LEVEL: 'info',
      ...env,
    },
  });
  children.push(child);
  return child;
};

const portOf = async (child: ChildProcess): Promise<number> => {
  const [message] = (await once(child, 'message')) as [{ ready: boolean; port: number }];
  return message.port;
};

const endOf = async (child: ChildProcess): Promise<{ code: number | null; said: string; logged: string }> => {
  let [said, logged] = ['', ''];
  child.stderr?.on('data', (chunk) => (said += String(chunk)));
  child.stdout?.on('data', (chunk) => (logged += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, logged };
};

it('gives the receipt it had committed when it was killed before it could answer', async () => {
  const report = await company.report();
  const first = launch();
  const caller = agencyAt(await portOf(first));
  await caller.order('accept_then_hang');
  const unanswered = caller.submit(report).then(
    () => 'answered',
    () => 'cut',
  );
  await expect.poll(async () => (await caller.status(report.number)).status, { timeout: 5_000 }).toBe(200);
  const { body: committed } = await caller.status(report.number);
  first.kill('SIGKILL');
  expect(await unanswered).toBe('cut');

  const again = agencyAt(await portOf(launch()));
  const { status, body } = await again.submit(report);
  expect(status).toBe(200);
  expect(committed).toMatchObject(body);
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query('select count(*)::int as n from agency.report where number = $1', [
    report.number,
  ]);
  await client.end();
  expect(rows).toEqual([{ n: 1 }]);
});

it('decides after a kill what it took before', async () => {
  const report = await company.report();
  const first = launch({ AGENCY_ROBOT: 'accept:600' });
  await agencyAt(await portOf(first)).submit(report);
  first.kill('SIGKILL');
  const again = agencyAt(await portOf(launch({ AGENCY_ROBOT: 'accept:600' })));
  await expect
    .poll(async () => (await again.decisions('', 500)).text, { timeout: 8_000, interval: 50 })
    .toContain(report.number);
});

it('on SIGTERM ends what is under way, lets waiting readers go, and exits 0', async () => {
  const child = launch();
  const ended = endOf(child);
  const caller = agencyAt(await portOf(child));
  const waiting = caller.decisions('999999999999', 20_000);
  const reports = await Promise.all(Array.from({ length: 8 }, () => company.report()));
  const answers = Promise.all(reports.map((report) => caller.submit(report)));
  await expect.poll(async () => (await caller.status(reports[0]?.number ?? '')).status).toBe(200);
  child.kill('SIGTERM');
  const asked = performance.now();
  expect((await answers).map(({ status }) => status)).toEqual(reports.map(() => 200));
  expect(await waiting).toMatchObject({ status: 200, body: { decisions: [] } });
  expect(await ended).toMatchObject({ code: 0, said: '' });
  expect(performance.now() - asked).toBeLessThan(3_000);
});

it('ends cleanly when the process that started it is gone', async () => {
  const child = launch();
  // Not `endOf`: Node gives no "close" for a child whose channel was cut from this side.
  const exited = once(child, 'exit');
  await portOf(child);
  child.disconnect();
  expect(await exited).toEqual([0, null]);
});

it('logs numbers and answers, and nothing of the report', async () => {
  const child = launch();
  const ended = endOf(child);
  const report = await company.report();
  await agencyAt(await portOf(child)).submit(report);
  child.kill('SIGTERM');
  const { logged } = await ended;
  expect(logged).toContain(report.number);
  for (const secret of [
    company.inn,
    report.report.slice(0, 40),
    report.signature.slice(0, 40),
    'PRIVATE KEY',
  ])
    expect(logged).not.toContain(secret);
});

it.each([
  ['no key', { AGENCY_KEY_DIR: '/nowhere' }, 'The agency has no key yet'],
  ['a wrong port', { AGENCY_PORT: 'x' }, 'AGENCY_PORT'],
  ['a database that is not there', { AGENCY_DATABASE_URL: 'postgres://127.0.0.1:1/x' }, 'cannot be reached'],
  ['a root that is not a certificate', { AGENCY_TRUST_ROOT: CLI }, 'There is no certificate'],
])('says in one sentence that there is %s', async (_, env, sentence) => {
  const { code, said } = await endOf(launch(env));
  expect(said).toContain(sentence);
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
});

it('says that its port is in use', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  expect(await endOf(launch({ AGENCY_PORT: port }))).toMatchObject({
    code: 1,
    said: 'The port of the agency is in use: set AGENCY_PORT.\n',
  });
  server.close();
});

it('refuses a key others can read', async () => {
  await chmod(join(keys.folder, 'key.pem'), 0o644);
  const { code, said } = await endOf(launch());
  await chmod(join(keys.folder, 'key.pem'), 0o600);
  expect({ code, said }).toEqual({
    code: 1,
    said: 'Others can read the key of the agency: run chmod 600 on key.pem.\n',
  });
});
