import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

export type FeedPage = {
  cursor: string;
  decisions: { filingNumber: string; decision: string; signature: string }[];
};

const PAGE = 200;
/** Another process of the agency may have decided: waiting readers look again this often. */
const LOOK_AGAIN_MS = 1_000;

const readPage = async (pool: pg.Pool, after: bigint): Promise<FeedPage> => {
  const { rows } = await pool.query<{ place: string; number: string; decision: Buffer; signature: Buffer }>({
    name: 'read-decisions',
    text: `select place, number, decision, signature from agency.decision where place > $1 order by place limit ${PAGE}`,
    values: [after.toString()],
  });
  return {
    cursor: rows.at(-1)?.place ?? after.toString(),
    decisions: rows.map(({ number, decision, signature }) => ({
      filingNumber: number,
      decision: decision.toString('base64'),
      signature: signature.toString('base64'),
    })),
  };
};

/** Decisions in order, with a place to read on from. */
export const createDecisionFeed = (pool: pg.Pool) => {
  let waiting = new AbortController();
  let isClosed = false;
  const wake = (): void => {
    waiting.abort();
    waiting = new AbortController();
  };
  return {
    /** There are new decisions: all readers of this process look at once. */
    wake,
    /** Readers no longer wait, now and later. */
    close(): void {
      isClosed = true;
      wake();
    },
    /** Decisions after `after` (empty: from the beginning), waiting up to `waitMs` for the first. */
    async read(after: string, waitMs: number): Promise<FeedPage> {
      const from = after === '' ? 0n : BigInt(after);
      const end = performance.now() + waitMs;
      for (;;) {
        const { signal } = waiting;
        const page = await readPage(pool, from);
        const leftMs = end - performance.now();
        if (page.decisions.length > 0 || leftMs <= 0 || isClosed) return page;
        await sleep(Math.min(leftMs, LOOK_AGAIN_MS), undefined, { signal }).catch(() => undefined);
      }
    },
  };
};
export type DecisionFeed = ReturnType<typeof createDecisionFeed>;
