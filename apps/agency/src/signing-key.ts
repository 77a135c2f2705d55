import { certificatesFromPem, readCertificate, signDetached, type Certificate } from '@sochi/signature';
import { createPrivateKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The agency as a signer, and whom it trusts. */
export type AgencyKey = {
  certificate: Certificate;
  /** The operator's root: officers' certificates must lead to it. */
  trustAnchor: Certificate;
  issuing: Certificate;
  /** Detached CAdES-BES over `content`, DER. */
  sign(content: Uint8Array, at: Temporal.Instant): Promise<Uint8Array>;
};

/** The agency has no usable key: files missing, damaged, or readable by others. */
export class AgencyKeyError extends Error {}

/** Reads `key.pem` (PKCS#8, mode 0600), `certificate.pem`, `issuing.pem` and `trust-root.pem` from the agency's own folder. */
export const loadAgencyKey = async (folder: string): Promise<AgencyKey> => {
  const certificate = async (name: string): Promise<Certificate> => {
    const [der] = certificatesFromPem(await readFile(join(folder, name), 'utf8'));
    if (!der) throw new AgencyKeyError(`There is no certificate in ${name} of the agency's key folder.`);
    return readCertificate(der);
  };
  const keyFile = join(folder, 'key.pem');
  const { mode } = await stat(keyFile).catch((cause: unknown) => {
    throw new AgencyKeyError('The agency has no key yet: «npm run sochi -- demo» makes one.', { cause });
  });
  if ((mode & 0o077) !== 0)
    throw new AgencyKeyError('Others can read the key of the agency: run chmod 600 on key.pem.');
  const privateKey = createPrivateKey(await readFile(keyFile));
  const [own, issuing, trustAnchor] = await Promise.all(
    ['certificate.pem', 'issuing.pem', 'trust-root.pem'].map(certificate),
  );
  if (!own || !issuing || !trustAnchor)
    throw new AgencyKeyError('The key folder of the agency is incomplete.');
  return {
    certificate: own,
    issuing,
    trustAnchor,
    sign: (content, at) =>
      signDetached({ content, certificate: own, privateKey, signingTime: at, certificates: [issuing] }),
  };
};
