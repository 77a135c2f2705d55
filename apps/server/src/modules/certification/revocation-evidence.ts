import type { Certificate } from '@sochi/signature';
import type { AppContext } from '../../context.ts';

/** One file of the evidence of a signing, named after the certificate it is about: an OCSP answer, or its issuer's list. */
export type RevocationFile = { file: string; bytes: Uint8Array };

const shortPrint = ({ sha256 }: Certificate): string => sha256.slice(0, 16);

/**
 * What proves, for ever, that certificates were not revoked now: an OCSP answer about each one that the issuing authority issued,
 * signed at this moment (`<certificate>.ocsp`), and both current revocation lists (`<issuer>.crl`); all DER. Costs two look-ups
 * and one signature for each certificate.
 */
export const revocationEvidence = async (
  ctx: Pick<AppContext, 'operator' | 'responder' | 'revocationLists'>,
  certificates: readonly Certificate[],
): Promise<RevocationFile[]> => {
  const unique = [...new Map(certificates.map((certificate) => [certificate.sha256, certificate])).values()];
  const [answers, lists] = await Promise.all([
    ctx.responder.answersAbout(unique),
    ctx.revocationLists.read(),
  ]);
  return [
    ...Object.entries(lists).map(([authority, { der }]) => ({
      file: `${shortPrint(authority === 'root' ? ctx.operator.root : ctx.operator.issuing)}.crl`,
      bytes: der,
    })),
    ...answers.map(({ certificate, ocsp }) => ({ file: `${shortPrint(certificate)}.ocsp`, bytes: ocsp })),
  ];
};
