/*
 * Sees to the programs that `npm test` uses but npm cannot bring: Chromium for the browser journeys, openssl and unzip
 * as strangers' verifiers, SoftHSM2 as an HSM, faketime to look at evidence years later. What is missing is installed where
 * that is possible (root on Debian and its kin); elsewhere one sentence says what to do. Browsers are never downloaded from anywhere but the system's own packages.
 */
import { spawnSync } from 'node:child_process';
import { findSoftHsm, SOFTHSM_MISSING } from '../apps/server/src/keys/pkcs11/softhsm.ts';
import { findChromium, findProgram } from './find-program.ts';

type Need = {
  package: string;
  find: () => string | undefined;
  /** Said when it stays missing, where the tests can do without; otherwise they cannot. */
  without?: string;
};

const NEEDS: readonly Need[] = [
  { package: 'chromium', find: findChromium },
  { package: 'openssl', find: () => findProgram('openssl') },
  { package: 'unzip', find: () => findProgram('unzip') },
  { package: 'softhsm2', find: findSoftHsm, without: SOFTHSM_MISSING },
  {
    package: 'faketime',
    find: () => findProgram('faketime'),
    without:
      'Skipped: evidence is not looked at five years later, because faketime is missing (Debian: apt-get install faketime).',
  },
];

const listMissing = (): readonly Need[] => NEEDS.filter(({ find }) => !find());

const apt = (...args: string[]): boolean => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', args, { env, stdio: ['ignore', 2, 2] }).status === 0;
};

const install = (needs: readonly Need[]): void => {
  if (needs.length === 0 || process.getuid?.() !== 0 || !findProgram('apt-get')) return;
  const packages = needs.map((need) => need.package);
  process.stdout.write(`Installing ${packages.join(', ')} with apt-get ...\n`);
  if (apt('update')) apt('install', '-y', '--no-install-recommends', ...packages);
};

const missing = listMissing();
// Apart: what the tests can do without may be in no repository of this system, and would keep the rest from being installed.
install(missing.filter(({ without }) => without === undefined));
install(missing.filter(({ without }) => without !== undefined));

const stillMissing = listMissing();
const needed = stillMissing.filter(({ without }) => without === undefined).map((need) => need.package);
for (const { without } of stillMissing) if (without !== undefined) process.stdout.write(`${without}\n`);
if (needed.length === 0) {
  process.stdout.write(`${NEEDS.flatMap(({ find }) => find() ?? []).join(', ')}\n`);
} else {
  const hint = needed.includes('chromium') ? ' (or name a Chromium or Chrome in CHROMIUM_PATH)' : '';
  process.stdout.write(
    `The tests need ${needed.join(', ')}: install with your system's package manager${hint}.\n`,
  );
  process.exitCode = 1;
}
