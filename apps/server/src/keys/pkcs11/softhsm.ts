import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HsmSettings } from './hsm-operations.ts';

/** SoftHSM2, an HSM made of software, for tests and measurements of the PKCS #11 keystore. */

const PLACES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/pkcs11/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];

export const findSoftHsm = (): string | undefined => PLACES.find((path) => existsSync(path));

export const SOFTHSM_MISSING =
  'Skipped: the PKCS #11 keystore, because SoftHSM2 is missing (Debian: apt-get install softhsm2).';

/** Why the PKCS #11 keystore cannot be tried here; undefined when it can. */
export const softHsmObstacle = async (): Promise<string | undefined> => {
  if (!findSoftHsm()) return SOFTHSM_MISSING;
  return import('koffi').then(
    () => undefined,
    () => 'Skipped: the PKCS #11 keystore, because the optional package koffi is not installed.',
  );
};

const PINS = { user: '246813', securityOfficer: '864209' };

export type SoftHsm = {
  /** Makes a token. Its keys, if wanted, are for `sochi keystore init` to make. */
  createToken(label: string): Promise<HsmSettings>;
  /** Where the tokens are, and the file that says so, for SOFTHSM2_CONF. */
  tokenFolder: string;
  configFile: string;
  remove(): Promise<void>;
};

/** Tokens in a folder of their own. `environment` is that of this process. */
export const createSoftHsm = async (environment: HsmSettings['environment']): Promise<SoftHsm> => {
  const modulePath = findSoftHsm();
  if (modulePath === undefined) throw new Error(SOFTHSM_MISSING);
  const folder = await mkdtemp(join(tmpdir(), 'sochi-softhsm-'));
  const tokenFolder = join(folder, 'tokens');
  await mkdir(tokenFolder);
  const configFile = join(folder, 'softhsm2.conf');
  await writeFile(configFile, `directories.tokendir = ${tokenFolder}\nlog.level = ERROR\n`);
  const env = { ...environment, SOFTHSM2_CONF: configFile };
  return {
    tokenFolder,
    configFile,
    async createToken(label) {
      const args = [
        '--init-token',
        '--free',
        '--label',
        label,
        '--pin',
        PINS.user,
        '--so-pin',
        PINS.securityOfficer,
      ];
      await promisify(execFile)('softhsm2-util', args, { env });
      return { modulePath, tokenLabel: label, pin: PINS.user, environment: env };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
