import {
  assembleCertificationRequest,
  certificatesFromPem,
  certificateToPem,
  generateP256KeyPair,
  MalformedError,
  prepareCertificationRequest,
  readCertificate,
  requestToPem,
  signBytes,
  type Certificate,
} from '@sochi/signature';
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgencyKeyError, KEY_FILES } from './signing-key.ts';

/*
 * How the agency comes by its certificate: it makes a key that never leaves its folder and asks for a certificate (PKCS#10); the
 * operator's certification centre issues one; the agency puts it beside the key. Each step may be repeated.
 */

const SUBJECT = {
  commonName: 'ГНС (учебная принимающая сторона)',
  organizationName: 'Государственная налоговая служба',
};

const write = async (folder: string, name: string, content: string | Buffer): Promise<void> => {
  const temporary = join(folder, `.${name}.new`);
  await writeFile(temporary, content, { mode: 0o600 });
  await rename(temporary, join(folder, name));
};

const readKey = async (folder: string): Promise<KeyObject | undefined> => {
  const pem = await readFile(join(folder, KEY_FILES.key)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return pem && createPrivateKey(pem);
};

const makeKey = async (folder: string): Promise<KeyObject> => {
  const { privateKey } = await generateP256KeyPair();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await write(folder, KEY_FILES.key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return privateKey;
};

/**
 * A certification request, PEM, for the agency's key in `folder` (mode 0700, the key 0600), which is made where there is none.
 * The key never leaves the folder.
 */
export const requestCertificate = async (folder: string): Promise<string> => {
  const privateKey = (await readKey(folder)) ?? (await makeKey(folder));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const prepared = prepareCertificationRequest({ subject: SUBJECT, publicKey });
  const signature = await signBytes(privateKey, prepared.toBeSigned, prepared.algorithm);
  return requestToPem(assembleCertificationRequest(prepared, signature));
};

const readChain = (pem: string): [Certificate, ...Certificate[]] => {
  try {
    const [first, ...others] = certificatesFromPem(pem).map((der) => readCertificate(der));
    if (first) return [first, ...others];
  } catch (cause) {
    if (!(cause instanceof MalformedError)) throw cause;
  }
  throw new AgencyKeyError('There are no certificates in what was issued for the agency.');
};

const pemOf = (certificates: readonly Certificate[]): string =>
  certificates.map(({ der }) => certificateToPem(der)).join('');

/**
 * Puts what the certification centre issued beside the key: PEM of the agency's certificate, those above it, and the root, which
 * the agency trusts from now on. Throws AgencyKeyError when the certificate is for another key or its chain has no root.
 */
export const acceptCertificate = async (folder: string, pem: string): Promise<void> => {
  const [own, ...above] = readChain(pem);
  const root = above.at(-1);
  if (!root || Buffer.compare(root.subjectRaw, root.issuerRaw) !== 0)
    throw new AgencyKeyError('The certificates that were issued for the agency do not end with a root.');
  const key = await readKey(folder);
  if (!key || !own.publicKey.equals(createPublicKey(key)))
    throw new AgencyKeyError('The certificate that was issued is not for the key of the agency.');
  await write(folder, KEY_FILES.issuing, pemOf(above.slice(0, -1)));
  await write(folder, KEY_FILES.trustRoot, pemOf([root]));
  // Last: its presence says that the rest is complete.
  await write(folder, KEY_FILES.certificate, pemOf([own]));
};
