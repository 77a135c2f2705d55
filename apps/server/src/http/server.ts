import cookie from '@fastify/cookie';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import { endpoints, type Endpoints } from '@sochi/contract';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import { registerPki } from '#modules/certification/index.ts';
import { registerTimestampAuthority } from '#modules/timestamping/index.ts';
import { AppError } from '../app-error.ts';
import type { AppContext } from '../context.ts';
import { registerCrossSiteGuard } from './cross-site.ts';
import type { Handlers } from './handler.ts';
import { registerHealth } from './health.ts';
import { registerProblems } from './problem.ts';
import { registerEndpoints } from './register.ts';
import { registerWebApp } from './static-app.ts';

/** Mantine sets styles on elements while it runs: styles may be inline, scripts never. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

const registerProtection = async (app: FastifyInstance): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
  });
  await app.register(cookie);
  await app.register(compress, {
    global: true,
    encodings: ['gzip'],
    threshold: 2_048,
    customTypes: /^application\/json/,
  });
  await app.register(underPressure, { maxEventLoopDelay: 2_000, retryAfter: 2 });
  registerCrossSiteGuard(app);
};

/**
 * What signs for anybody does so only as often as a person or a program that checks evidence needs it, so that nobody keeps the
 * keystore from users' signatures. Counted by each process for itself.
 */
const limitAddresses = async (scope: FastifyInstance, requestsPerMinute: number): Promise<void> => {
  await scope.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { ttl }) =>
      new AppError('request.rate_limited', { retryAfterSeconds: Math.ceil(ttl / 1000) }),
  });
};

/** The HTTP server, complete but not listening: tests call it by `inject`. */
export const buildServer = async (
  ctx: Pick<
    AppContext,
    'config' | 'db' | 'clock' | 'log' | 'metrics' | 'responder' | 'revocationLists' | 'timestampAuthority'
  >,
  handlers: Handlers<Endpoints>,
): Promise<FastifyInstance> => {
  const loggerInstance: FastifyBaseLogger = ctx.log;
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: ctx.config.http.bodyLimitBytes,
    // Whoever else says what his address is may say anything.
    trustProxy: ctx.config.http.trustedProxies.length > 0 ? ctx.config.http.trustedProxies : false,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
  });
  registerProblems(app, ctx.config.http.bodyLimitBytes);
  await registerProtection(app);
  registerHealth(app, ctx);
  await app.register(async (pki) => {
    await limitAddresses(pki, ctx.config.http.pkiRequestsPerMinute);
    registerPki(pki, ctx);
    await registerTimestampAuthority(pki, ctx.timestampAuthority);
  });
  registerEndpoints(app, ctx, endpoints, handlers);
  await registerWebApp(app);
  return app;
};
