import { certificatesFromPem, MalformedError, readCertificate, type Certificate } from '@sochi/signature';

/** The certificates of a PEM file; undefined when one of them cannot be read. */
export const readPem = (pem: Uint8Array): Certificate[] | undefined => {
  try {
    return certificatesFromPem(Buffer.from(pem).toString('latin1')).map(readCertificate);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
};
