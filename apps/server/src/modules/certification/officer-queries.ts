import type { DbOrTx } from '../../db/database.ts';

export const findOfficerByToken = (db: DbOrTx, tokenSha256: Buffer) =>
  db
    .selectFrom('certification_officer')
    .select(['id', 'full_name', 'token_sha256'])
    .where('token_sha256', '=', tokenSha256)
    .where('ended_at', 'is', null)
    .executeTakeFirst();

export const findOfficerByName = (db: DbOrTx, fullName: string) =>
  db
    .selectFrom('certification_officer')
    .select(['id', 'full_name'])
    .where('full_name', '=', fullName)
    .where('ended_at', 'is', null)
    .executeTakeFirst();

/** False when an officer of this name is there already. */
export const insertOfficer = async (
  db: DbOrTx,
  officer: { id: string; fullName: string; tokenSha256: Buffer; now: Temporal.Instant },
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('certification_officer')
    .values({
      id: officer.id,
      full_name: officer.fullName,
      token_sha256: officer.tokenSha256,
      created_at: officer.now.toString(),
      ended_at: null,
    })
    .onConflict((conflict) => conflict.column('full_name').where('ended_at', 'is', null).doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
};

/** The officer's token opens nothing any more; false when there is no such officer. */
export const endOfficer = async (db: DbOrTx, fullName: string, now: Temporal.Instant): Promise<boolean> => {
  const { numUpdatedRows } = await db
    .updateTable('certification_officer')
    .set({ ended_at: now.toString() })
    .where('full_name', '=', fullName)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
};
