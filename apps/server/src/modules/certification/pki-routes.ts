import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { findServiceKey } from '../../keys/service-keys.ts';
import { AUTHORITIES, type Authority } from './authority.ts';
import { OCSP_PATH, PKI_PATHS } from './locations.ts';
import type { OcspReply } from './responder.ts';

/*
 * What anybody may ask to check a certificate: no session, no cookie, addresses that stand in certificates. Lists are published
 * at once when something is revoked, so caches on the way keep them for minutes, and never beyond their next update.
 */

type Context = Pick<AppContext, 'db' | 'clock' | 'responder' | 'revocationLists'>;

const LIST_KEPT_SECONDS = 300;
const CERTIFICATE_KEPT_SECONDS = 86_400;
const MOST_REQUEST_BYTES = 16_384;
const OCSP_REQUEST = 'application/ocsp-request';

const httpDate = (instant: Temporal.Instant): string => new Date(instant.epochMilliseconds).toUTCString();

const secondsUntil = (now: Temporal.Instant, end: Temporal.Instant): number =>
  Math.max(0, Math.floor(now.until(end).total('seconds')));

type Publication = {
  mediaType: string;
  bytes: Uint8Array;
  modified: Temporal.Instant;
  /** For caches on the way. */
  keepSeconds: number;
};

const isKnown = (request: FastifyRequest, etag: string, modified: Temporal.Instant): boolean => {
  const known = request.headers['if-none-match'];
  if (known !== undefined)
    return known.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(modified.epochMilliseconds / 1000) * 1000 <= since;
};

const publish = (request: FastifyRequest, reply: FastifyReply, what: Publication): FastifyReply => {
  const etag = `"${createHash('sha256').update(what.bytes).digest('hex').slice(0, 32)}"`;
  reply.headers({
    etag,
    'last-modified': httpDate(what.modified),
    'cache-control': `public, max-age=${what.keepSeconds}, must-revalidate`,
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (isKnown(request, etag, what.modified)) return reply.code(304).send();
  return reply.type(what.mediaType).send(Buffer.from(what.bytes));
};

const registerAuthority = (app: FastifyInstance, ctx: Context, authority: Authority): void => {
  const paths = PKI_PATHS[authority];
  app.get(paths.certificate, async (request, reply) => {
    const found = await findServiceKey(ctx.db, authority);
    if (!found) throw new AppError('request.not_found', {});
    return publish(request, reply, {
      mediaType: 'application/pkix-cert',
      bytes: found.certificate.der,
      modified: found.certificate.notBefore,
      keepSeconds: CERTIFICATE_KEPT_SECONDS,
    });
  });
  app.get(paths.list, async (request, reply) => {
    const list = (await ctx.revocationLists.read())[authority];
    if (!list) throw new AppError('request.not_found', {});
    return publish(request, reply, {
      mediaType: 'application/pkix-crl',
      bytes: list.der,
      modified: list.thisUpdate,
      keepSeconds: Math.min(LIST_KEPT_SECONDS, secondsUntil(ctx.clock.now(), list.nextUpdate)),
    });
  });
};

const sendOcsp = (ctx: Context, request: FastifyRequest, reply: FastifyReply, answer: OcspReply) => {
  if (answer.failure !== undefined) request.log.error({ err: answer.failure }, 'no OCSP answer');
  const keep = answer.keepUntil ? secondsUntil(ctx.clock.now(), answer.keepUntil) : 0;
  return reply
    .type('application/ocsp-response')
    .header('cache-control', keep > 0 ? `public, max-age=${keep}, must-revalidate` : 'no-store')
    .send(Buffer.from(answer.der));
};

/** The request in an address: base64 of its DER, of which clients escape as much or as little as they like (RFC 6960 §A.1). */
const requestIn = (url: string): Uint8Array => {
  const encoded = url.slice(OCSP_PATH.length + 1).replace(/\?.*$/, '');
  if (encoded.length > MOST_REQUEST_BYTES)
    throw new AppError('request.too_large', { limitBytes: MOST_REQUEST_BYTES });
  try {
    return Buffer.from(decodeURIComponent(encoded), 'base64');
  } catch {
    // Not even an address: the responder says that it is no request.
    return new Uint8Array();
  }
};

const registerOcsp = (app: FastifyInstance, ctx: Context): void => {
  app.addContentTypeParser(
    OCSP_REQUEST,
    { parseAs: 'buffer', bodyLimit: MOST_REQUEST_BYTES },
    (_, body, done) => done(null, body),
  );
  app.post<{ Body: Buffer | undefined }>(
    OCSP_PATH,
    { bodyLimit: MOST_REQUEST_BYTES },
    async (request, reply) => {
      if (!Buffer.isBuffer(request.body)) throw new AppError('request.unsupported_media_type', {});
      const answer = await ctx.responder.answer(request.body);
      return sendOcsp(ctx, request, reply, { ...answer, keepUntil: null });
    },
  );
  app.get(`${OCSP_PATH}/*`, async (request, reply) =>
    sendOcsp(ctx, request, reply, await ctx.responder.answer(requestIn(request.raw.url ?? ''))),
  );
};

/** `/pki/*`: both authorities' certificates and revocation lists, and the OCSP responder. */
export const registerPki = (app: FastifyInstance, ctx: Context): void => {
  for (const authority of AUTHORITIES) registerAuthority(app, ctx, authority);
  registerOcsp(app, ctx);
};
