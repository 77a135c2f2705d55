import { join } from 'node:path';
import type { Config, KeystoreConfig } from '../config.ts';
import { createInProcessKeystore } from './in-process-keystore.ts';
import type { Keystore } from './keystore.ts';
import { loadMasterKey } from './master-key.ts';
import type { HsmSettings } from './pkcs11/hsm-operations.ts';
import { openPkcs11Keystore } from './pkcs11/pkcs11-keystore.ts';
import { readPrivateFile } from './read-private-file.ts';

/** Reads the PIN of the HSM's token from its file. */
export const readHsmSettings = async (
  config: Extract<KeystoreConfig, { kind: 'pkcs11' }>,
): Promise<HsmSettings> => ({
  modulePath: config.modulePath,
  tokenLabel: config.tokenLabel,
  pin: await readPrivateFile(config.pinFile, "PIN of the HSM's token"),
});

/** The keystore of the configuration. Whoever opened it closes it. */
export const openKeystore = async ({
  keystore,
  varDir,
}: Pick<Config, 'varDir' | 'keystore'>): Promise<Keystore> =>
  keystore.kind === 'in-process'
    ? createInProcessKeystore(await loadMasterKey(join(varDir, 'keys', 'master.key')))
    : openPkcs11Keystore(await readHsmSettings(keystore), { sessions: keystore.sessions });

/** What the log says at each start when signatures that bind somebody are made by software. */
export const keystoreWarning = (
  { installation }: Pick<Config, 'installation'>,
  { kind }: Pick<Keystore, 'kind'>,
): string | undefined =>
  installation === 'production' && kind === 'in-process'
    ? 'PRIVATE KEYS ARE KEPT BY SOFTWARE IN A PRODUCTION INSTALLATION: whoever reads the memory of this process, or the master ' +
      'key and the database, signs as any user. Set KEYSTORE=pkcs11 with an HSM: docs/runbooks/keystore.md.'
    : undefined;
