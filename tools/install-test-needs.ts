/*
 * Sees to the programs that `npm test` uses but npm cannot bring: Chromium for the browser journeys, openssl and unzip
 * as strangers' verifiers. What is missing is installed where that is possible (root on Debian and its kin); elsewhere
 * one sentence says what to do. Browsers are never downloaded from anywhere but the system's own packages.
 */
import { spawnSync } from 'node:child_process';
import { findChromium, findProgram } from './find-program.ts';

type Need = { package: string; find: () => string | undefined };

const NEEDS: readonly Need[] = [
  { package: 'chromium', find: findChromium },
  { package: 'openssl', find: () => findProgram('openssl') },
  { package: 'unzip', find: () => findProgram('unzip') },
];

const listMissing = (): string[] => NEEDS.filter(({ find }) => !find()).map((need) => need.package);

const apt = (...args: string[]): boolean => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] }).status === 0;
};

const install = (packages: readonly string[]): void => {
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) return;
  process.stdout.write(`Installing ${packages.join(', ')} with apt-get ...\n`);
  if (apt('update')) apt('install', '-y', '--no-install-recommends', ...packages);
};

const missing = listMissing();
if (missing.length > 0) install(missing);
const stillMissing = listMissing();
if (stillMissing.length === 0) {
  process.stdout.write(`${NEEDS.map(({ find }) => find()).join(', ')}\n`);
} else {
  const hint = stillMissing.includes('chromium') ? ' (or name a Chromium or Chrome in CHROMIUM_PATH)' : '';
  process.stdout.write(
    `The tests need ${stillMissing.join(', ')}: install with your system's package manager${hint}.\n`,
  );
  process.exitCode = 1;
}
