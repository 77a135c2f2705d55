import type { FastifyRequest } from 'fastify';
import type { Origin } from '#modules/audit/index.ts';

/** Where a request came from; behind trusted proxies the address they name. */
export const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  userAgent: request.headers['user-agent'] ?? '',
});
