import type { FastifyInstance } from 'fastify';
import { AppError } from '../app-error.ts';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Closes cross-site request forgery besides SameSite=Strict: a browser says by Sec-Fetch-Site (or at least Origin) where a
 * changing request comes from, and page scripts cannot forge either. Programs that are no browsers send neither and pass.
 */
export const registerCrossSiteGuard = (app: FastifyInstance): void => {
  app.addHook('onRequest', async (request) => {
    if (SAFE.has(request.method)) return;
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new AppError('request.cross_site', {});
    const origin = request.headers.origin;
    if (origin === undefined) return;
    if (URL.parse(origin)?.host !== request.headers.host) throw new AppError('request.cross_site', {});
  });
};
