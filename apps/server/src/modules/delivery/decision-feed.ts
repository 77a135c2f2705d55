import type { ConnectorInstance, DecisionPage } from '@sochi/connector-kit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppContext } from '../../context.ts';
import { inTransaction } from '../../db/database.ts';
import { leaseFeed, moveFeed, releaseFeed } from './queries.ts';
import { prepareDecision, recordDecision } from './record-decision.ts';

/**
 * Reads the decisions of one agency's curators, in order, from where the last reading ended.
 *
 * One worker holds the lease of a feed; it asks the agency and waits there for news (long poll), then records what came and the
 * new place in one transaction, so that a crash between the two repeats the reading and changes nothing. A worker that dies
 * loses the lease after LEASE_MS and another one goes on; should the first one come back with what it read, it may not record.
 */
type Context = Pick<
  AppContext,
  'db' | 'clock' | 'operator' | 'log' | 'metrics' | 'timestamps' | 'responder' | 'revocationLists'
>;

const WAIT_MS = 10_000;
const LEASE_MS = 15_000;
const IDLE_MS = 2_000;

/** The feed cannot be read on now; nothing was recorded. */
class FeedError extends Error {}

const recordPage = async (
  ctx: Context,
  place: { agency: string; worker: string; from: string },
  page: DecisionPage,
): Promise<void> => {
  if (page.cursor === place.from)
    throw new FeedError('the agency gave decisions, but no new place to read on from');
  const { agency } = place;
  const ready = await Promise.all(page.decisions.map((arrived) => prepareDecision(ctx, agency, arrived)));
  await inTransaction(ctx.db, async (tx) => {
    if (!(await moveFeed(tx, { ...place, to: page.cursor })))
      throw new FeedError('another worker reads this feed now');
    for (const decision of ready) await recordDecision(ctx, tx, agency, decision);
  });
};

const readOnce = async (
  ctx: Context,
  connector: ConnectorInstance,
  worker: string,
  signal: AbortSignal,
): Promise<void> => {
  const now = ctx.clock.now();
  const agency = connector.id;
  const from = await leaseFeed(ctx.db, { agency, worker, now, until: now.add({ milliseconds: LEASE_MS }) });
  if (from === undefined) {
    await sleep(IDLE_MS, undefined, { signal });
    return;
  }
  const asked = performance.now();
  const page = await connector.decisions({ after: from, waitMs: WAIT_MS, signal });
  if (page.decisions.length > 0) await recordPage(ctx, { agency, worker, from }, page);
  // An agency that does not wait when it has no news is not asked without pause.
  else if (performance.now() - asked < IDLE_MS) await sleep(IDLE_MS, undefined, { signal });
};

/** Reads until `signal`; whatever goes wrong is logged, counted as an alarm, and tried again after a moment. */
export const followDecisions = async (
  ctx: Context,
  connector: ConnectorInstance,
  signal: AbortSignal,
): Promise<void> => {
  const worker = randomUUID();
  while (!signal.aborted) {
    try {
      await readOnce(ctx, connector, worker, signal);
    } catch (error) {
      if (signal.aborted) break;
      ctx.metrics.alarms.inc({ kind: 'feed_unreadable' });
      ctx.log.warn({ err: error, agency: connector.id }, 'reading decisions failed, will try again');
      await sleep(IDLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  await releaseFeed(ctx.db, connector.id, worker, ctx.clock.now());
};
