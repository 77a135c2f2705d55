import { endpoints, openapiDocument } from '@sochi/contract';
import type { FastifyInstance } from 'fastify';
import { delegationHandlers } from '#modules/delegations/index.ts';
import { certificationHandlers } from '#modules/certification/index.ts';
import { evidenceHandlers } from '#modules/evidence/index.ts';
import { filingHandlers } from '#modules/filings/index.ts';
import { createLiveFeed, liveHandlers } from '#modules/live/index.ts';
import { newsHandlers } from '#modules/news/index.ts';
import { sessionHandlers } from '#modules/sessions/index.ts';
import type { AppContext } from './context.ts';
import { buildServer } from './http/server.ts';

export type Web = { app: FastifyInstance; close: () => Promise<void> };

/** The portal: API and screens. Not listening yet. */
export const createWeb = async (ctx: AppContext, connectionString: string): Promise<Web> => {
  const streams = new Set<() => void>();
  const endStreams = (): void => {
    for (const end of streams) end();
  };
  const feed = createLiveFeed({ connectionString, log: ctx.log, onGap: endStreams });
  const openapi = openapiDocument(endpoints, '1.0.0');
  const app = await buildServer(ctx, {
    ...sessionHandlers(ctx),
    ...filingHandlers(ctx),
    ...delegationHandlers(ctx),
    ...certificationHandlers(ctx),
    ...evidenceHandlers(ctx),
    ...newsHandlers(ctx),
    ...liveHandlers(ctx, feed, streams),
    getOpenapi: () => Promise.resolve(openapi),
  });
  const close = async (): Promise<void> => {
    await feed.stop();
    endStreams();
    await app.close();
  };
  return { app, close };
};
