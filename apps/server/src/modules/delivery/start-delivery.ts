import { openConnectors, type ConnectorInstance } from '@sochi/connectors';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { AppContext } from '../../context.ts';
import { deliveryQueue, SWEEP_QUEUE } from '../../jobs.ts';
import { followDecisions } from './decision-feed.ts';
import { deliverFiling } from './deliver-filing.ts';
import { listForgotten } from './queries.ts';

export type Delivery = { stop: () => Promise<void> };
type Context = Pick<AppContext, 'db' | 'clock' | 'operator' | 'metrics' | 'log' | 'config'>;

const Payload = z.object({ filingId: z.uuid() });

/** No healthy delivery takes longer: after this a queued filing is put into the queue once more. */
const FORGOTTEN_AFTER = { minutes: 2 };

const workQueue = (ctx: Context, boss: PgBoss, connector: ConnectorInstance): Promise<string> =>
  boss.work(
    deliveryQueue(connector.id),
    {
      localConcurrency: ctx.config.worker.concurrency,
      pollingIntervalSeconds: 1,
      notifyPollingIntervalSeconds: 5,
    },
    async ([job]) => {
      if (job) await deliverFiling(ctx, connector, Payload.parse(job.data).filingId);
    },
  );

const sweep = async (ctx: Context, boss: PgBoss): Promise<void> => {
  for (const { id, agency } of await listForgotten(ctx.db, ctx.clock.now().subtract(FORGOTTEN_AFTER))) {
    ctx.log.warn({ filingId: id, agency }, 'a filing waits too long in the queue: queued again');
    await boss.send(deliveryQueue(agency), { filingId: id }, { singletonKey: id, singletonSeconds: 60 });
  }
};

/** Works the queues of all agencies, reads their decisions, and sweeps up what was forgotten. */
export const startDelivery = async (ctx: Context, boss: PgBoss): Promise<Delivery> => {
  const stopping = new AbortController();
  const connectors = openConnectors(ctx.config.connectorEnv);
  const feeds = connectors.map((connector) => followDecisions(ctx, connector, stopping.signal));
  for (const connector of connectors) await workQueue(ctx, boss, connector);
  await boss.work(SWEEP_QUEUE, () => sweep(ctx, boss));
  await boss.schedule(SWEEP_QUEUE, '* * * * *');
  return {
    async stop() {
      stopping.abort();
      await Promise.allSettled(feeds);
    },
  };
};
