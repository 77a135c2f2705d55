import type { LiveFiling } from '@sochi/contract';
import { sql } from 'kysely';
import type { Tx } from '../../db/database.ts';

export const CHANNEL = 'sochi_live';

/** Tells every web process, when this transaction commits, that a filing moved. */
export const announceFiling = async (tx: Tx, companyId: string, filing: LiveFiling): Promise<void> => {
  await sql`select pg_notify(${CHANNEL}, ${JSON.stringify({ companyId, filing })})`.execute(tx);
};
