import type { Certificate } from '@sochi/signature';
import type { AppContext } from '../../context.ts';

/**
 * What proves, for ever, that certificates were not revoked now: an OCSP answer about each one that the issuing authority issued,
 * signed at this moment, and both current revocation lists; all DER. Costs two look-ups and one signature for each certificate.
 */
export const currentRevocation = async (
  ctx: Pick<AppContext, 'responder' | 'revocationLists'>,
  certificates: readonly Certificate[],
): Promise<{ crls: Uint8Array[]; ocsp: Uint8Array[] }> => {
  const [ocsp, lists] = await Promise.all([
    ctx.responder.answersAbout(certificates),
    ctx.revocationLists.read(),
  ]);
  return { crls: Object.values(lists).map(({ der }) => der), ocsp };
};
