import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HsmSettings } from '../pkcs11/hsm-operations.ts';

/** SoftHSM2, an HSM made of software, for tests of the PKCS #11 keystore. */

const PLACES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/pkcs11/libsofthsm2.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];

export const findSoftHsm = (): string | undefined => PLACES.find((path) => existsSync(path));

export const SOFTHSM_MISSING =
  'Skipped: the PKCS #11 keystore is not tested, because SoftHSM2 is missing (Debian: apt-get install softhsm2).';

const PINS = { user: '246813', securityOfficer: '864209' };

export type SoftHsm = {
  /** Makes a token. Its keys, if wanted, are for `sochi keystore init` to make. */
  createToken(label: string): Promise<HsmSettings>;
  /** Where the tokens are. */
  tokenFolder: string;
  remove(): Promise<void>;
};

/** Tokens in a folder of their own. Whatever this process starts from now on finds them there. */
export const createSoftHsm = async (modulePath: string): Promise<SoftHsm> => {
  const folder = await mkdtemp(join(tmpdir(), 'sochi-softhsm-'));
  const tokenFolder = join(folder, 'tokens');
  await mkdir(tokenFolder);
  const configFile = join(folder, 'softhsm2.conf');
  await writeFile(configFile, `directories.tokendir = ${tokenFolder}\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = configFile;
  return {
    tokenFolder,
    async createToken(label) {
      const pins = ['--pin', PINS.user, '--so-pin', PINS.securityOfficer];
      await promisify(execFile)('softhsm2-util', ['--init-token', '--free', '--label', label, ...pins]);
      return { modulePath, tokenLabel: label, pin: PINS.user };
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
