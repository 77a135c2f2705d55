import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const run = (args: string[], env: Record<string, string> = {}) => {
  const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'cli.ts'), ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    encoding: 'utf8',
    timeout: 30_000,
  });
  return { status, lines: stderr.trim().split('\n') };
};

it.each([
  ['a bundle that is not there', ['verify', '/nonexistent.zip'], {}, 'There is no /nonexistent.zip.'],
  [
    'a count of none',
    ['bench', 'filing', '--count', '0'],
    {},
    '--count takes a whole number from 1 to 1000000',
  ],
  ['no database', ['migrate'], {}, 'DATABASE_URL is not set'],
  ['a wrong setting', ['migrate'], { PORT: 'abc' }, 'The environment is wrong: PORT'],
])('says %s in one sentence and ends with 1', (_, args, env, sentence) => {
  const { status, lines } = run(args, env);
  expect(lines).toEqual([expect.stringContaining(sentence)]);
  expect(status).toBe(1);
});

it('says that the database does not answer', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  await new Promise((resolve) => server.close(resolve));
  const { status, lines } = run(['migrate'], { DATABASE_URL: `postgres://x@127.0.0.1:${port}/none` });
  expect(lines).toEqual(['The database does not answer: is the server of DATABASE_URL running?']);
  expect(status).toBe(1);
});
