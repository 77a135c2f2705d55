import { OFFICER_HEADER, type Endpoint } from '@sochi/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { authenticateOfficer, type ActingOfficer } from '#modules/certification/index.ts';
import { findSession, type ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../app-error.ts';
import type { AppContext } from '../context.ts';
import type { Call, Media } from './handler.ts';
import { originOf } from './origin.ts';
import { readSessionToken } from './session-cookie.ts';

type AnyHandler = (call: Call<Endpoint>) => Promise<unknown>;

const parsePart = (type: z.ZodType | undefined, value: unknown, place: string): unknown => {
  if (!type) return undefined;
  const parsed = type.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues
    .slice(0, 100)
    .map(({ path, code }) => ({ path: [place, ...path].join('.'), code }));
  throw new AppError('request.invalid', { problems });
};

const requireSession = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'config'>,
  endpoint: Endpoint,
  request: FastifyRequest,
): Promise<ActiveSession> => {
  const token = readSessionToken(request);
  if (!token) throw new AppError('session.required', {});
  const session = await findSession(ctx, token, { touch: endpoint.id !== 'streamEvents' });
  if (!session) throw new AppError('session.expired', {});
  // Two people share a browser and its cookie: what one of them sees must not be done in the other's name.
  const expected = request.headers[OFFICER_HEADER];
  if (expected !== undefined && expected !== session.officerId) throw new AppError('session.changed', {});
  if (!endpoint.access.includes(session.role)) throw new AppError('access.forbidden', {});
  return { ...session, origin: originOf(request) };
};

type Caller = { session?: ActiveSession; centreOfficer?: ActingOfficer };

const authenticate = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'config'>,
  endpoint: Endpoint,
  request: FastifyRequest,
): Promise<Caller> => {
  if (endpoint.access === 'public') return {};
  if (endpoint.access !== 'certification') return { session: await requireSession(ctx, endpoint, request) };
  const { authorization } = request.headers;
  return { centreOfficer: await authenticateOfficer(ctx, authorization, originOf(request)) };
};

const idempotencyKey = (endpoint: Endpoint, request: FastifyRequest): string | undefined => {
  if (!endpoint.idempotent) return undefined;
  const key = request.headers['idempotency-key'];
  if (typeof key === 'string' && /^[\w-]{8,100}$/.test(key)) return key;
  throw new AppError('request.invalid', { problems: [{ path: 'header.idempotency-key', code: 'required' }] });
};

const sendMedia = (reply: FastifyReply, mediaType: string, { bytes, fileName }: Media): FastifyReply => {
  if (fileName) reply.header('content-disposition', `attachment; filename="${fileName}"`);
  return reply.type(mediaType).header('cache-control', 'no-store').send(Buffer.from(bytes));
};

type Exchange = { endpoint: Endpoint; handler: AnyHandler; request: FastifyRequest; reply: FastifyReply };

const answer = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'config'>,
  { endpoint, handler, request, reply }: Exchange,
): Promise<unknown> => {
  const caller = await authenticate(ctx, endpoint, request);
  // The shape of each part has just been parsed by the endpoint's own schema; the generic handler cannot know it.
  const call = {
    session: caller.session,
    centreOfficer: caller.centreOfficer,
    idempotencyKey: idempotencyKey(endpoint, request),
    params: parsePart(endpoint.params, request.params, 'path'),
    query: parsePart(endpoint.query, request.query, 'query'),
    body: parsePart(endpoint.body, request.body, 'body'),
    request,
    reply,
  } as Call<Endpoint>;
  const result = await handler(call);
  if ('media' in endpoint.reply) {
    // A media handler gives Media, or nothing when it has hijacked the connection.
    return result === undefined ? reply : sendMedia(reply, endpoint.reply.media, result as Media);
  }
  reply.code(endpoint.status).header('cache-control', 'no-store');
  return 'nothing' in endpoint.reply ? reply.send() : reply.send(result);
};

/** Registers exactly the endpoints of the contract: parse, authenticate, call, answer. */
export const registerEndpoints = (
  app: FastifyInstance,
  ctx: Pick<AppContext, 'db' | 'clock' | 'config' | 'metrics'>,
  endpoints: Record<string, Endpoint>,
  handlers: Record<string, AnyHandler>,
): void => {
  for (const endpoint of Object.values(endpoints)) {
    const handler = handlers[endpoint.id];
    if (!handler) throw new Error(`endpoint ${endpoint.id} has no handler`);
    app.route({
      method: endpoint.method,
      url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
      handler: (request, reply) => answer(ctx, { endpoint, handler, request, reply }),
      onResponse: (_, reply, done) => {
        ctx.metrics.httpSeconds.observe(
          { endpoint: endpoint.id, status: reply.statusCode },
          reply.elapsedTime / 1000,
        );
        done();
      },
    });
  }
};
