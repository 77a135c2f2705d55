import { certificatesFromPem, readCertificate, signDetached, type Certificate } from '@sochi/signature';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The agency as a signer, and whom it trusts. */
export type AgencyKey = {
  certificate: Certificate;
  /** The operator's root: officers' certificates must lead to it. */
  trustAnchor: Certificate;
  /** Detached CAdES-BES over `content`, DER, with the issuing certificates in it. */
  sign(content: Uint8Array, at: Temporal.Instant): Promise<Uint8Array>;
};

/** The agency has no usable key: files missing, damaged, readable by others, or not belonging together. */
export class AgencyKeyError extends Error {}

/** Names of the files in the agency's key folder. */
export const KEY_FILES = {
  key: 'key.pem',
  certificate: 'certificate.pem',
  issuing: 'issuing.pem',
  trustRoot: 'trust-root.pem',
} as const;

const certificatesIn = async (path: string): Promise<[Certificate, ...Certificate[]]> => {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AgencyKeyError(`The agency cannot read the certificate ${path}.`, { cause });
  });
  try {
    const ders = bytes.includes('-----BEGIN') ? certificatesFromPem(bytes.toString('utf8')) : [bytes];
    const [first, ...others] = ders.map((der) => readCertificate(der));
    if (first) return [first, ...others];
  } catch (cause) {
    throw new AgencyKeyError(`There is no certificate that can be read in ${path}.`, { cause });
  }
  throw new AgencyKeyError(`There is no certificate in ${path}.`);
};

const readPrivateKey = async (path: string): Promise<KeyObject> => {
  const { mode } = await stat(path).catch((cause: unknown) => {
    throw new AgencyKeyError('The agency has no key yet: «npm run sochi -- demo» makes one.', { cause });
  });
  if ((mode & 0o077) !== 0)
    throw new AgencyKeyError('Others can read the key of the agency: run chmod 600 on key.pem.');
  try {
    return createPrivateKey(await readFile(path));
  } catch (cause) {
    throw new AgencyKeyError(`There is no key that can be read in ${path}.`, { cause });
  }
};

const checkBelonging = (own: Certificate, key: KeyObject, now: Temporal.Instant): void => {
  if (!own.publicKey.equals(createPublicKey(key)))
    throw new AgencyKeyError('The certificate of the agency belongs to another key.');
  if (own.subject.role !== 'agency')
    throw new AgencyKeyError('The certificate in the key folder of the agency is not an agency’s.');
  if (Temporal.Instant.compare(now, own.notAfter) > 0)
    throw new AgencyKeyError(`The certificate of the agency expired at ${own.notAfter.toString()}.`);
};

/**
 * Reads the key (PKCS#8, mode 0600) and the certificates of the agency from its own folder; the trusted root from
 * `trustRoot` (PEM or DER) when it lies elsewhere. Throws AgencyKeyError.
 */
export const loadAgencyKey = async (options: {
  folder: string;
  trustRoot: string | null;
  now: Temporal.Instant;
}): Promise<AgencyKey> => {
  const inFolder = (name: string): string => join(options.folder, name);
  const privateKey = await readPrivateKey(inFolder(KEY_FILES.key));
  const [certificate] = await certificatesIn(inFolder(KEY_FILES.certificate));
  const issuing = await certificatesIn(inFolder(KEY_FILES.issuing));
  const [trustAnchor] = await certificatesIn(options.trustRoot ?? inFolder(KEY_FILES.trustRoot));
  checkBelonging(certificate, privateKey, options.now);
  return {
    certificate,
    trustAnchor,
    sign: (content, at) =>
      signDetached({ content, certificate, privateKey, signingTime: at, certificates: issuing }),
  };
};
