import { openConnectors, type ConnectorInstance } from '@sochi/connectors';
import type { JobResult, PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import { deliveryQueue, oncePerFiling, SWEEP_QUEUE } from '../../jobs.ts';
import { followDecisions } from './decision-feed.ts';
import { deliverFiling, DeliveryPostponed } from './deliver-filing.ts';
import { listForgotten, listLate, openWorkItem } from './queries.ts';

export type Delivery = { stop: () => Promise<void> };
type Context = Pick<
  AppContext,
  'db' | 'clock' | 'operator' | 'metrics' | 'log' | 'config' | 'timestamps' | 'responder' | 'revocationLists'
>;

const Payload = z.object({ filingId: z.uuid() });

/** No healthy delivery takes longer: after this a queued filing is put into the queue once more. */
const FORGOTTEN_AFTER = { minutes: 2 };

/** A postmarked filing that waits longer is a person's business, though the queue goes on trying. */
const LATE_AFTER = { minutes: 15 };

/** How many batches of one agency are under way at once: one that hangs does not hold the others up. */
const LANES = 3;

const deliverJob = async (
  ctx: Context,
  connector: ConnectorInstance,
  job: { id: string; data: unknown },
): Promise<JobResult> => {
  try {
    await deliverFiling(ctx, connector, Payload.parse(job.data).filingId);
    return { id: job.id, status: 'completed' };
  } catch (error) {
    if (!(error instanceof DeliveryPostponed))
      ctx.log.error({ err: error, jobId: job.id }, 'a delivery failed');
    return {
      id: job.id,
      status: 'failed',
      output: { reason: error instanceof Error ? error.message : String(error) },
    };
  }
};

/** Jobs are fetched in batches, since each fetch costs the database as much as a filing's own statements. */
const workQueue = (ctx: Context, boss: PgBoss, connector: ConnectorInstance): Promise<string> =>
  boss.work(
    deliveryQueue(connector.id),
    {
      localConcurrency: LANES,
      batchSize: ctx.config.worker.concurrency,
      perJobResults: true,
      burstWhenBatchFull: true,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 5,
    },
    (jobs) => Promise.all(jobs.map((job) => deliverJob(ctx, connector, job))),
  );

/** Puts every forgotten filing into its queue once more; gives how many. */
export const sweepForgotten = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'log'>,
  boss: PgBoss,
  agencies: readonly string[],
): Promise<number> => {
  const before = ctx.clock.now().subtract(FORGOTTEN_AFTER);
  const forgotten = await listForgotten(ctx.db, { agencies, before });
  for (const { id, agency } of forgotten) {
    ctx.log.warn({ filingId: id, agency }, 'a filing waits in no queue: queued again');
    await boss.send(deliveryQueue(agency), { filingId: id }, oncePerFiling(id));
  }
  return forgotten.length;
};

/** Tells a person, once for each outage of an agency, that its filings have been waiting for long. */
export const reportLate = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'log' | 'metrics'>,
  agencies: readonly string[],
): Promise<void> => {
  const now = ctx.clock.now();
  for (const { id, agency, postmarked_at } of await listLate(ctx.db, {
    agencies,
    before: now.subtract(LATE_AFTER),
  })) {
    const detail = `${agency}: the oldest filing has been waiting since ${postmarked_at.toString()}`;
    await openWorkItem(ctx.db, { kind: 'delivery_late', filingId: id, detail, now });
    ctx.metrics.alarms.inc({ kind: 'delivery_late' });
    ctx.log.error({ filingId: id, agency }, 'an agency takes no filings: a person must look');
  }
};

/** Works the queues of all agencies, reads their decisions, and sweeps up what was forgotten. */
export const startDelivery = async (ctx: Context, boss: PgBoss): Promise<Delivery> => {
  const stopping = new AbortController();
  const connectors = openConnectors(ctx.config.connectorEnv);
  const feeds = connectors.map((connector) => followDecisions(ctx, connector, stopping.signal));
  for (const connector of connectors) await workQueue(ctx, boss, connector);
  const agencies = connectors.map(({ id }) => id);
  await boss.work(SWEEP_QUEUE, async () => {
    await sweepForgotten(ctx, boss, agencies);
    await reportLate(ctx, agencies);
  });
  await boss.schedule(SWEEP_QUEUE, '* * * * *');
  return {
    async stop() {
      stopping.abort();
      await Promise.allSettled(feeds);
    },
  };
};
