import type { AppContext } from '../../context.ts';
import { getServiceKey, signAsService } from '../../keys/service-keys.ts';
import type { TimestampSigner } from './built-in-authority.ts';

/** The certificate is renewed long before its end: to look this often is enough. */
const KEPT_MS = 600_000;

/** Reads our time-stamping authority's key and certificate, anew after ten minutes; throws ServiceKeyMissing. */
export const createSignerReader = (
  ctx: Pick<AppContext, 'db' | 'clock' | 'keystore'>,
): (() => Promise<TimestampSigner>) => {
  let known: { signer: TimestampSigner; readAtMs: number } | undefined;
  return async () => {
    const nowMs = ctx.clock.now().epochMilliseconds;
    if (known && Math.abs(nowMs - known.readAtMs) < KEPT_MS) return known.signer;
    const [own, issuing] = await Promise.all([
      getServiceKey(ctx.db, 'timestamp'),
      getServiceKey(ctx.db, 'issuing'),
    ]);
    const signer = {
      certificate: own.certificate,
      chain: [issuing.certificate],
      sign: (toBeSigned: Uint8Array) => signAsService(ctx.keystore, own, toBeSigned),
    };
    known = { signer, readAtMs: nowMs };
    return signer;
  };
};
