import { ERRORS, errorText, preferredLanguage, type ErrorCode, type Problem } from '@sochi/contract';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAppError } from '../app-error.ts';
import { KeystoreUnavailable } from '../keys/keystore.ts';
import { hasWebApp, isPage, sendPage } from './static-app.ts';

/** Fastify's own refusals in our words. */
const FASTIFY_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'request.malformed',
  FST_ERR_BAD_URL: 'request.not_found',
};

const UNAVAILABLE_CODE =
  /^(08...|53...|57P0.|57014|55P03|40001|40P01|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|EPIPE|FST_UNDER_PRESSURE)$/;
/** What the driver says without a code: no connection in time, lost during a statement, or found lost at the next one. */
const UNAVAILABLE_MESSAGE =
  /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable/;

/** The database is away or overloaded, or the HSM is: the caller may repeat, nothing was promised. */
const isUnavailable = (error: Error & { code?: unknown }): boolean =>
  error instanceof KeystoreUnavailable ||
  (typeof error.code === 'string' && UNAVAILABLE_CODE.test(error.code)) ||
  UNAVAILABLE_MESSAGE.test(error.message);

type Refusal = { code: ErrorCode; data: Record<string, unknown> };

const classify = (error: FastifyError, bodyLimitBytes: number): Refusal => {
  if (isAppError(error)) return { code: error.code, data: error.data };
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return { code: 'request.too_large', data: { limitBytes: bodyLimitBytes } };
  const known = FASTIFY_CODES[error.code];
  if (known) return { code: known, data: {} };
  if (error instanceof SyntaxError && error.statusCode === 400)
    return { code: 'request.malformed', data: {} };
  if (isUnavailable(error)) return { code: 'server.unavailable', data: {} };
  return { code: 'server.failed', data: {} };
};

const send = (
  request: FastifyRequest,
  reply: FastifyReply,
  code: ErrorCode,
  data: Record<string, unknown>,
): FastifyReply => {
  const { status } = ERRORS[code];
  const problem: Problem = {
    type: `https://sochi.kg/problems/${code}`,
    ...errorText(code, preferredLanguage(request.headers['accept-language']), data),
    status,
    code,
    data,
    requestId: request.id,
  };
  return reply
    .code(status)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send(problem);
};

/** The one edge where refusals and bugs become RFC 9457 problems; bugs are logged, and tell the user only the request's id. */
export const registerProblems = (app: FastifyInstance, bodyLimitBytes: number): void => {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const { code, data } = classify(error, bodyLimitBytes);
    if (ERRORS[code].status >= 500) request.log.error({ err: error, code }, 'request failed');
    else request.log.info({ code, data }, 'request refused');
    return send(request, reply, code, data);
  });
  app.setNotFoundHandler((request, reply) =>
    isPage(request) && hasWebApp() ? sendPage(reply) : send(request, reply, 'request.not_found', {}),
  );
};
