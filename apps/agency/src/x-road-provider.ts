import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { bodyDigest, isClientId, lastHeader, requestHash, serviceOf } from './x-road-message.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** SHA-512 of the body's bytes as they came; null when there was none. */
    bodyDigest: Buffer | null;
  }
}

const PREFIX = '/r1/';

/** A fault made by X-Road itself: told by its header; 500 when the server is at fault, 400 otherwise. */
export const sendFault = (reply: FastifyReply, type: string, message: string): FastifyReply =>
  reply
    .code(type.toLowerCase().startsWith('server.') ? 500 : 400)
    .header('x-road-error', type)
    .send({ type, message, detail: randomUUID() });

/** The five headers of every answer of a provider. */
const answerHeaders = (request: FastifyRequest, service: string): Record<string, string> => {
  const headers = request.raw.rawHeaders;
  const requestId = randomUUID();
  const asked = { method: request.method, url: request.url, headers, bodyDigest: request.bodyDigest };
  return {
    'x-road-client': lastHeader(headers, 'x-road-client') ?? '',
    'x-road-service': service.split('/').map(encodeURIComponent).join('/'),
    'x-road-id': lastHeader(headers, 'x-road-id') ?? `${service.split('/')[0]}-${randomUUID()}`,
    'x-road-request-id': requestId,
    'x-road-request-hash': requestHash(asked, requestId),
  };
};

/** Makes `app` speak X-Road REST as the provider of one service: identifiers checked, answers with their five headers. */
export const speakXRoad = (app: FastifyInstance, service: string): void => {
  app.decorateRequest('bodyDigest', null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    request.bodyDigest = bodyDigest(body);
    try {
      done(null, JSON.parse(body.toString('utf8')));
    } catch {
      done(Object.assign(new Error('the body is not JSON'), { statusCode: 400 }));
    }
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.url.startsWith(PREFIX)) return undefined;
    const client = lastHeader(request.raw.rawHeaders, 'x-road-client');
    if (client === undefined || !isClientId(client))
      return sendFault(reply, 'client.bad_request', 'X-Road-Client is missing or not an identifier');
    return serviceOf(request.url) === service
      ? undefined
      : sendFault(reply, 'server.serverproxy.unknown_service', 'No such service here');
  });
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith(PREFIX) && !reply.hasHeader('x-road-error'))
      reply.headers(answerHeaders(request, service));
  });
};
