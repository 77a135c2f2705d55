import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** Whether the screens have been built. */
export const hasWebApp = (): boolean => existsSync(`${DIST}index.html`);

/** The built screens: hashed assets are cached for ever, the page itself never; every unknown page address is the app's. */
export const registerWebApp = async (app: FastifyInstance): Promise<void> => {
  if (!hasWebApp()) return;
  await app.register(fastifyStatic, {
    root: DIST,
    index: 'index.html',
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.get('/*', (request, reply) =>
    request.url.startsWith('/api/') || request.url.startsWith('/assets/')
      ? reply.callNotFound()
      : reply.sendFile('index.html'),
  );
};
