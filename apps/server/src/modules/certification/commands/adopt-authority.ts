import { readCertificate } from '@sochi/signature';
import type { Authority } from '../authority.ts';
import type { CentreContext } from '../centre-context.ts';
import { adoptServiceKey } from '../service-key-queries.ts';

/** The key that is to be taken over is not the key of its certificate. */
export class NotItsKey extends Error {}

/**
 * Takes over an authority whose key was kept elsewhere, as DER PKCS#8: before the centre was installed, or in the place of a
 * certificate without a key. False, with nothing done, when the centre has another authority of the name, or this one already.
 */
export const adoptAuthority = async (
  ctx: Pick<CentreContext, 'db' | 'keystore'>,
  { name, certificate, pkcs8 }: { name: Authority; certificate: Uint8Array; pkcs8: Uint8Array },
): Promise<boolean> => {
  const { spki } = readCertificate(certificate);
  const { publicKey, sealed } = await ctx.keystore.importServiceKey(name, pkcs8);
  if (Buffer.compare(publicKey, spki) !== 0)
    throw new NotItsKey(`The key to take over for «${name}» is not the key of its certificate.`);
  return adoptServiceKey(ctx.db, { name, certificate, sealed });
};
