import { createKeystore, type KeystoreOptions } from '../create-keystore.ts';
import type { Keystore } from '../keystore.ts';
import type { HsmSettings } from './hsm-operations.ts';
import { openHsm, type HsmOptions } from './hsm.ts';
import { createPkcs11Vault } from './pkcs11-vault.ts';

export const HSM_OPTIONS: HsmOptions = { sessions: 2, deadlineMs: 10_000 };

/** The keystore over an HSM whose token `sochi keystore init` has prepared. Throws HsmSetupError when it cannot be used. */
export const openPkcs11Keystore = async (
  settings: HsmSettings,
  options: Partial<HsmOptions> & KeystoreOptions = {},
): Promise<Keystore> => {
  const hsm = await openHsm(settings, { ...HSM_OPTIONS, ...options });
  return createKeystore(createPkcs11Vault(hsm), options);
};
