import type { DbOrTx, Tx } from '../../db/database.ts';

/** The sealed key of a credential, null for one on a token, and the ИНН it logs in with. */
export const getKey = (db: DbOrTx, credentialId: string) =>
  db
    .selectFrom('credential')
    .innerJoin('officer', 'officer.id', 'credential.officer_id')
    .innerJoin('company', 'company.id', 'officer.company_id')
    .select(['credential.sealed_key', 'company.inn'])
    .where('credential.id', '=', credentialId)
    .executeTakeFirstOrThrow();

/** Puts a key sealed anew in the place of exactly the one it was made from; false when that is not there any more. */
export const replaceKey = async (
  tx: Tx,
  credentialId: string,
  key: { from: Uint8Array; to: Uint8Array },
): Promise<boolean> => {
  const { numUpdatedRows } = await tx
    .updateTable('credential')
    .set({ sealed_key: Buffer.from(key.to) })
    .where('id', '=', credentialId)
    .where('state', '=', 'active')
    .where('sealed_key', '=', Buffer.from(key.from))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
};
