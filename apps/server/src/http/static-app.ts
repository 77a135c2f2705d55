import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** Whether the screens have been built. */
export const hasWebApp = (): boolean => existsSync(`${DIST}index.html`);

/** Whether an address that is no file is a page of the application: its router knows what to show. */
export const isPage = ({ method, url }: FastifyRequest): boolean =>
  method === 'GET' && !/^\/(api|assets|pki)\//.test(url);

export const sendPage = (reply: FastifyReply): FastifyReply => reply.code(200).sendFile('index.html');

/** The built screens: hashed assets are cached for ever, the page itself never. */
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
};
