import type { FastifyInstance } from 'fastify';
import type { BuiltInAuthority } from './built-in-authority.ts';

const QUERY = 'application/timestamp-query';
const REPLY = 'application/timestamp-reply';
/** A request is a hash and a few numbers. */
const MAX_QUERY_BYTES = 4_096;

/** `POST /pki/tsa`: our time-stamping authority for anybody (RFC 3161 §3.4); the request carries a hash and nothing else. */
export const registerTimestampAuthority = async (
  app: FastifyInstance,
  authority: BuiltInAuthority,
): Promise<void> => {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(QUERY, { parseAs: 'buffer', bodyLimit: MAX_QUERY_BYTES }, (_, body, done) =>
      done(null, body),
    );
    scope.post<{ Body: Buffer }>('/pki/tsa', async (request, reply) =>
      reply
        .type(REPLY)
        .header('cache-control', 'no-store')
        .send(Buffer.from(await authority.answer(request.body))),
    );
  });
};
