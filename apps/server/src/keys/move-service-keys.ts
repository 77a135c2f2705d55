import type { Db } from '../db/database.ts';
import { createInProcessVault } from './in-process-vault.ts';
import { createKeySeals } from './key-seals.ts';
import type { Keystore, SealedKey } from './keystore.ts';

/**
 * Moves the operator's keys from the in-process keystore into another: what they sign stays with the same certificates. Gives the
 * names of those it moved; a key that the master key does not open (it was moved before, or made there) stays as it is.
 */
export const moveServiceKeys = async (
  db: Db,
  { masterKey, to }: { masterKey: Uint8Array; to: Keystore },
): Promise<string[]> => {
  const seals = createKeySeals(createInProcessVault(masterKey));
  const rows = await db
    .selectFrom('service_key')
    .select(['name', 'sealed_key'])
    .where('sealed_key', 'is not', null)
    .orderBy('name')
    .execute();
  const moved: string[] = [];
  for (const { name, sealed_key: sealed } of rows) {
    if (!sealed) continue;
    // Only the keystore wrote this column.
    const key = sealed as Uint8Array as SealedKey;
    const pkcs8 = await seals.openProof({ kind: 'service', key, name });
    if (!pkcs8) continue;
    const imported = await to.importServiceKey(name, pkcs8);
    pkcs8.fill(0);
    const { numUpdatedRows } = await db
      .updateTable('service_key')
      .set({ sealed_key: Buffer.from(imported.sealed) })
      .where('name', '=', name)
      .where('sealed_key', '=', sealed)
      .executeTakeFirst();
    if (numUpdatedRows === 1n) moved.push(name);
  }
  return moved;
};
