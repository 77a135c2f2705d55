import { createKeystore, type KeystoreOptions } from './create-keystore.ts';
import { createInProcessVault } from './in-process-vault.ts';
import { KeystoreError, type Keystore } from './keystore.ts';

/**
 * The keystore for development and small installations: software only (SCAL1 at best, see docs/adr/0009). The master key is a
 * file outside the database, so a stolen database cannot be searched for PINs: each guess needs the master key too.
 */
export const createInProcessKeystore = (masterKey: Uint8Array, options?: KeystoreOptions): Keystore => {
  if (masterKey.length !== 32) throw new KeystoreError('The master key must have 32 bytes.');
  return createKeystore(createInProcessVault(masterKey), options);
};
