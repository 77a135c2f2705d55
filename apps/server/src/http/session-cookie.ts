import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-`: only over a secure connection (browsers count localhost as one), for this host alone, for every path. */
export const SESSION_COOKIE = '__Host-sochi';

/** 32 random bytes in base64url; undefined when the cookie is missing or cannot be one of ours. */
export const readSessionToken = (request: FastifyRequest): Buffer | undefined => {
  const value = request.cookies[SESSION_COOKIE];
  return value !== undefined && /^[\w-]{43}$/.test(value) ? Buffer.from(value, 'base64url') : undefined;
};

const attributes = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;

export const setSessionCookie = (reply: FastifyReply, token: Uint8Array, maxAgeSeconds: number): void => {
  reply.setCookie(SESSION_COOKIE, Buffer.from(token).toString('base64url'), {
    ...attributes,
    maxAge: maxAgeSeconds,
  });
};

export const clearSessionCookie = (reply: FastifyReply): void => {
  reply.clearCookie(SESSION_COOKIE, attributes);
};
