import { createHash, randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Hop-by-hop and origin headers: X-Road does not carry them, nor count them. */
const SKIPPED = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
  'user-agent',
  'server',
  'expect',
  'content-length',
  'proxy-authenticate',
  'proxy-authorization',
]);

const sha512 = (...parts: (Uint8Array | string)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();

/** X-Road-Request-Hash by the rule of the protocol: SHA-512 over the hashes of head and body, base64. */
export const requestHash = (
  request: { method: string; url: string; headers: Record<string, string | string[] | undefined> },
  requestId: string,
  body: Uint8Array | undefined,
): string => {
  const lines = Object.entries({ ...request.headers, 'x-road-request-id': requestId })
    .filter(([name]) => !SKIPPED.has(name))
    .map(([name, value]) => `${name}:${String(value)}\r\n`);
  const head = sha512(`${request.method}\r\n${request.url}\r\n${lines.join('')}`);
  return body === undefined ? sha512(head).toString('base64') : sha512(head, sha512(body)).toString('base64');
};

/** The five headers of an X-Road answer. */
export const answerHeaders = (
  request: FastifyRequest,
  body: Uint8Array | undefined,
): Record<string, string> => {
  const service = /^\/r1\/((?:[^/?]+\/){4}[^/?]+)/.exec(request.url)?.[1] ?? '';
  const requestId = randomUUID();
  return {
    'x-road-client': String(request.headers['x-road-client'] ?? ''),
    'x-road-service': service,
    'x-road-id': String(request.headers['x-road-id'] ?? `KG-${randomUUID()}`),
    'x-road-request-id': requestId,
    'x-road-request-hash': requestHash(request, requestId, body),
  };
};

/** A fault made by X-Road itself: told by its header, 500 when the server is at fault and 400 otherwise. */
export const sendFault = (reply: FastifyReply, type: string, message: string): FastifyReply =>
  reply
    .code(type.toLowerCase().startsWith('server.') ? 500 : 400)
    .header('x-road-error', type)
    .send({ type, message, detail: randomUUID() });
