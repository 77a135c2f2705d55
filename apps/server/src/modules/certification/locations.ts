import type { Authority } from './authority.ts';

export const PKI_PATHS = {
  root: { certificate: '/pki/root.crt', list: '/pki/root.crl' },
  issuing: { certificate: '/pki/issuing.crt', list: '/pki/issuing.crl' },
} as const;
export const OCSP_PATH = '/pki/ocsp';

/**
 * What a certificate says about where to check it, by who issued it. The root's own online answers are its list alone: the
 * responder speaks for the issuing authority.
 */
export const locationsOf = (
  pkiUrl: string,
  issuer: Authority,
): { crl: string; issuerCertificate: string; ocsp?: string } => ({
  crl: pkiUrl + PKI_PATHS[issuer].list,
  issuerCertificate: pkiUrl + PKI_PATHS[issuer].certificate,
  ...(issuer === 'issuing' ? { ocsp: pkiUrl + OCSP_PATH } : {}),
});
