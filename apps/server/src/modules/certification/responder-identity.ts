import type { Certificate } from '@sochi/signature';
import type { AppContext } from '../../context.ts';
import { getServiceKey, type ServiceKey } from '../../keys/service-keys.ts';

/** Who answers, and for whose certificates. */
export type ResponderIdentity = { own: ServiceKey; issuer: Certificate };

/** The responder's certificate is renewed days before its end: to look once a minute is enough. */
const KEPT_MS = 60_000;

/** Reads the responder's key and certificate, anew after a minute. */
export const createIdentityReader = (
  ctx: Pick<AppContext, 'db' | 'clock'>,
): (() => Promise<ResponderIdentity>) => {
  let known: { identity: ResponderIdentity; readAtMs: number } | undefined;
  return async () => {
    const nowMs = ctx.clock.now().epochMilliseconds;
    if (known && Math.abs(nowMs - known.readAtMs) < KEPT_MS) return known.identity;
    const [own, issuing] = await Promise.all([
      getServiceKey(ctx.db, 'ocsp'),
      getServiceKey(ctx.db, 'issuing'),
    ]);
    known = { identity: { own, issuer: issuing.certificate }, readAtMs: nowMs };
    return known.identity;
  };
};
