import type { DbOrTx } from '../../../db/database.ts';
import { ChainChecker, type Witness } from './chain-checker.ts';
import type { StoredEvent } from './find-origins.ts';
import { PagedRows } from './paged-rows.ts';
import type { Report } from './problem.ts';
import { listEvents, listHeads, listWitnesses, type HeadRow, type WitnessRow } from './queries.ts';

export type ChainsVerdict = {
  chains: number;
  events: number;
  /** Chains that moved since the last checkpoint: what is behind it could be cut off unseen. */
  unwitnessed: number;
};

type Tables = {
  events: PagedRows<StoredEvent>;
  heads: PagedRows<HeadRow>;
  witnesses: PagedRows<WitnessRow>;
};

/** The first chain any of the tables still has something of, in the order the database sorts them: byte by byte. */
const nextChain = ({ events, heads, witnesses }: Tables): string | undefined =>
  [events, heads, witnesses]
    .flatMap(({ current }) => (current ? [current.chain] : []))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))[0];

const verifyChain = async (
  tables: Tables,
  chain: string,
  { unsound, report }: { unsound: ReadonlySet<number>; report: Report },
): Promise<{ events: number; isUnwitnessed: boolean }> => {
  const { events, heads, witnesses } = tables;
  const checker = new ChainChecker(chain, report);
  const witnessOf = (row: WitnessRow): Witness => ({ ...row, isSound: !unsound.has(row.checkpoint) });
  let count = 0;
  for (let event = events.current; event?.chain === chain; event = events.current) {
    const { seq } = event;
    const here: Witness[] = [];
    await witnesses.takeWhile(
      (row) => row.chain === chain && row.seq <= seq,
      (row) => {
        if (row.seq === seq) here.push(witnessOf(row));
      },
    );
    checker.add(event, here);
    count += 1;
    await events.advance();
  }
  let beyond: Witness | undefined;
  await witnesses.takeWhile(
    (row) => row.chain === chain,
    (row) => {
      if (!unsound.has(row.checkpoint)) beyond = witnessOf(row);
    },
  );
  const head = heads.current?.chain === chain ? heads.current : undefined;
  if (head) await heads.advance();
  checker.end(head, beyond);
  return { events: count, isUnwitnessed: head?.unwitnessed ?? false };
};

/** Checks every chain there is anything of: events, a head, or a checkpoint's word. */
export const verifyChains = async (
  db: DbOrTx,
  options: { unsound: ReadonlySet<number>; report: Report },
): Promise<ChainsVerdict> => {
  const tables: Tables = {
    events: await PagedRows.open<StoredEvent>((after) => listEvents(db, after)),
    heads: await PagedRows.open<HeadRow>((after) => listHeads(db, after)),
    witnesses: await PagedRows.open<WitnessRow>((after) => listWitnesses(db, after)),
  };
  const verdict = { chains: 0, events: 0, unwitnessed: 0 };
  for (let chain = nextChain(tables); chain !== undefined; chain = nextChain(tables)) {
    const { events, isUnwitnessed } = await verifyChain(tables, chain, options);
    verdict.chains += 1;
    verdict.events += events;
    verdict.unwitnessed += isUnwitnessed ? 1 : 0;
  }
  return verdict;
};
