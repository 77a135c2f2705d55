import type { ConnectorInstance } from '@sochi/connector-kit';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { appendEvent } from '#modules/filings/index.ts';
import { announceFiling } from '#modules/live/index.ts';
import type { AppContext } from '../../context.ts';
import { inTransaction, type Tx } from '../../db/database.ts';
import {
  findByNumber,
  insertDocument,
  leaseFeed,
  markDecided,
  moveFeed,
  openWorkItem,
  releaseFeed,
} from './queries.ts';
import { checkDecision } from './receipts.ts';

/**
 * Reads the decisions of one agency's curators, in order, from where the last reading ended.
 *
 * One worker holds the lease of a feed; it asks the agency and waits there for news (long poll), then records what came and the
 * new place in one transaction, so that a crash between the two repeats the reading and changes nothing. A worker that dies
 * loses the lease after LEASE_MS and another one goes on.
 */
type Context = Pick<AppContext, 'db' | 'clock' | 'operator' | 'log' | 'metrics'>;
type Arrived = Awaited<ReturnType<ConnectorInstance['decisions']>>['decisions'][number];

const WAIT_MS = 10_000;
const LEASE_MS = 25_000;
const IDLE_MS = 2_000;

const recordDecision = async (ctx: Context, tx: Tx, agency: string, arrived: Arrived): Promise<void> => {
  const now = ctx.clock.now();
  const checked = await checkDecision(ctx, { json: arrived.json, signature: arrived.p7s });
  const filing = checked.ok ? await findByNumber(tx, agency, checked.value.filingNumber) : undefined;
  if (!checked.ok || !filing || filing.report_sha256?.toString('hex') !== checked.value.reportSha256) {
    const detail = checked.ok
      ? `no such filing: ${checked.value.filingNumber}`
      : `${arrived.filingNumber}: ${checked.reason}`;
    await openWorkItem(tx, { kind: 'decision_unusable', filingId: filing?.id ?? null, detail, now });
    ctx.metrics.alarms.inc({ kind: 'decision_unusable' });
    return;
  }
  const { verdict, reasons, text, decidedAt } = checked.value;
  const rejection = verdict === 'rejected' ? { codes: [...reasons], text } : null;
  if (!(await markDecided(tx, { id: filing.id, verdict, decidedAt, rejection, now }))) return;
  await insertDocument(tx, {
    filingId: filing.id,
    kind: 'decision',
    json: arrived.json,
    signature: arrived.p7s,
  });
  const event = verdict === 'accepted' ? 'accept' : 'reject';
  await appendEvent(tx, {
    filingId: filing.id,
    at: now,
    event,
    from: 'awaiting_check',
    to: verdict,
    ...(text === '' ? {} : { note: text }),
  });
  await announceFiling(tx, filing.company_id, { id: filing.id, delivery: 'delivered', check: verdict });
};

/** A decision may overtake our own record of the delivery: the feed waits for it instead of losing the decision. */
const overtakes = async (ctx: Context, agency: string, arrived: readonly Arrived[]): Promise<boolean> => {
  const states = await Promise.all(
    arrived.map(({ filingNumber }) => findByNumber(ctx.db, agency, filingNumber)),
  );
  return states.some((filing) => filing?.delivery === 'queued');
};

const readOnce = async (
  ctx: Context,
  connector: ConnectorInstance,
  worker: string,
  signal: AbortSignal,
): Promise<void> => {
  const now = ctx.clock.now();
  const cursor = await leaseFeed(ctx.db, {
    agency: connector.id,
    worker,
    now,
    until: now.add({ milliseconds: LEASE_MS }),
  });
  if (cursor === undefined) {
    await sleep(IDLE_MS, undefined, { signal });
    return;
  }
  const page = await connector.decisions({ after: cursor, waitMs: WAIT_MS, signal });
  if (page.decisions.length === 0) return;
  if (await overtakes(ctx, connector.id, page.decisions)) {
    await sleep(100, undefined, { signal });
    return;
  }
  await inTransaction(ctx.db, async (tx) => {
    for (const arrived of page.decisions) await recordDecision(ctx, tx, connector.id, arrived);
    await moveFeed(tx, connector.id, page.cursor);
  });
};

/** Reads until `signal`; whatever goes wrong is logged and tried again after a moment. */
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
      ctx.log.warn({ err: error, agency: connector.id }, 'reading decisions failed, will try again');
      await sleep(IDLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }
  await releaseFeed(ctx.db, connector.id, worker, ctx.clock.now());
};
