import { readPem } from './read-pem.ts';
import type { BundleInspection } from './bundle-inspection.ts';
import { otherCertificatePath } from './bundle-layout.ts';

const isNamedAfter = (path: string, pem: Uint8Array, { cache }: BundleInspection): boolean => {
  const [certificate, ...more] = readPem(pem, cache) ?? [];
  return certificate !== undefined && more.length === 0 && otherCertificatePath(certificate) === path;
};

/** The signers' certificates are given for people to look at: each must be the one its file's name promises. */
export const checkCertificates = (bundle: BundleInspection): void => {
  const trusted = ['certs/root.pem', 'certs/chain.pem'];
  const wrong = [...bundle.files].find(
    ([path, pem]) => path.startsWith('certs/') && !trusted.includes(path) && !isNamedAfter(path, pem, bundle),
  );
  bundle.add('certificates', wrong === undefined ? null : 'other_certificate_than_named', wrong?.[0]);
};
