import Fastify from 'fastify';
import { exitWithParent, reportReady } from '#runtime/index.ts';
import { sweepDelegations } from '#modules/delegations/index.ts';
import { tendCertification } from '#modules/certification/index.ts';
import { startWitness } from '#modules/audit/index.ts';
import { startDelivery } from '#modules/delivery/index.ts';
import { compose } from '../compose.ts';
import { readProcessEnv } from '../config.ts';
import { registerHealth } from '../http/health.ts';
import { untilSignal, type Command } from './command.ts';

export const workerCommand: Command = {
  name: 'worker',
  summary: 'Deliver queued filings to the agencies and read their decisions (any number of processes)',
  help: 'Settings come from the environment: DATABASE_URL, WORKER_PORT (health and metrics), WORKER_CONCURRENCY, GNS_URL ...\nSIGTERM finishes the deliveries under way and ends within 10 s; what is not finished another worker takes up.',
  async run() {
    exitWithParent();
    const stop = untilSignal();
    const env = readProcessEnv();
    const { ctx, boss, close } = await compose('worker', env);
    const delivery = await startDelivery(ctx, boss);
    await sweepDelegations(ctx, boss);
    await tendCertification(ctx, boss);
    await startWitness(ctx, boss);
    const health = Fastify();
    registerHealth(health, ctx);
    await health.listen({ port: env.config.worker.port, host: env.config.http.host });
    reportReady();
    await stop;
    await delivery.stop();
    await health.close();
    await close();
    return 0;
  },
};
