import {
  certificatesFromPem,
  MalformedError,
  readCertificateCached,
  type Certificate,
  type VerificationCache,
} from '@sochi/signature';

/** The certificates of a PEM file; undefined when one of them cannot be read. */
export const readPem = (pem: Uint8Array, cache: VerificationCache): Certificate[] | undefined => {
  try {
    const ders = certificatesFromPem(Buffer.from(pem.buffer, pem.byteOffset, pem.length).toString('latin1'));
    return ders.map((der) => readCertificateCached(der, cache));
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
};
