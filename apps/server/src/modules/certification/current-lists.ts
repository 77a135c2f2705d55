import type { AppContext } from '../../context.ts';
import { AUTHORITIES, type Authority } from './authority.ts';
import { getList, newestNumbers } from './revocation-queries.ts';

export type PublishedList = {
  number: string;
  der: Uint8Array;
  thisUpdate: Temporal.Instant;
  nextUpdate: Temporal.Instant;
};

/** The lists published last, kept in memory: each look asks the database only for their numbers. */
export type CurrentLists = { read(): Promise<Partial<Record<Authority, PublishedList>>> };

export const createCurrentLists = (ctx: Pick<AppContext, 'db'>): CurrentLists => {
  const kept = new Map<Authority, PublishedList>();

  const readOne = async (authority: Authority, number: string): Promise<PublishedList> => {
    const known = kept.get(authority);
    if (known?.number === number) return known;
    const row = await getList(ctx.db, authority, number);
    const list = {
      number,
      der: row.der,
      thisUpdate: row.this_update,
      nextUpdate: row.next_update,
    };
    kept.set(authority, list);
    return list;
  };

  return {
    async read() {
      const numbers = await newestNumbers(ctx.db);
      const lists = AUTHORITIES.map(async (authority) => {
        const number = numbers[authority];
        return number === null ? [] : [[authority, await readOne(authority, number)] as const];
      });
      return Object.fromEntries((await Promise.all(lists)).flat());
    },
  };
};
