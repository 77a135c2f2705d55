import type { DbOrTx } from '../../db/database.ts';

/** A recent moment the database knows of, found by a key: the creation of the newest filing (ids grow with time). */
export const findLatestMoment = async (db: DbOrTx): Promise<Temporal.Instant | null> => {
  const row = await db
    .selectFrom('filing')
    .select('created_at')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.created_at ?? null;
};
