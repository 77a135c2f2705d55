import type { DbOrTx } from '../../db/database.ts';
import { findCompanyByInn } from './queries.ts';
import type { StoredEvent } from './verify/find-origins.ts';
import { listEventsBefore } from './verify/queries.ts';

/** The newest events of a chain before `before`, oldest first; undefined when there is no such company. */
export const showChain = async (
  db: DbOrTx,
  page: ({ name: string } | { inn: string }) & { before: number; limit: number },
): Promise<StoredEvent[] | undefined> => {
  const chain = 'name' in page ? page.name : await findCompanyByInn(db, page.inn);
  if (chain === undefined) return undefined;
  const { before, limit } = page;
  return (await listEventsBefore(db, { chain, before, limit })).reverse();
};
