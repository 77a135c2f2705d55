import { certificateToPem, generateP256KeyPair } from '@sochi/signature';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_FILES } from './signing-key.ts';

/** Certificates in DER: the agency's own, and those that lead from it to the root (the root left out). */
export type IssuedCertificate = { certificate: Uint8Array; chain: readonly Uint8Array[] };

/**
 * Makes a P-256 key for the agency in `folder` (mode 0700, the key 0600) and has `issue` certify it, given
 * SubjectPublicKeyInfo in DER. A folder that has a certificate is left as it is; gives whether a key was made. The key never
 * leaves the folder, and a crash half-way leaves no folder that looks complete.
 */
export const createAgencyKey = async (
  folder: string,
  issue: (spki: Uint8Array) => Promise<IssuedCertificate>,
): Promise<boolean> => {
  const isPresent = await access(join(folder, KEY_FILES.certificate)).then(
    () => true,
    () => false,
  );
  if (isPresent) return false;
  const write = async (name: string, content: string | Buffer): Promise<void> => {
    const temporary = join(folder, `.${name}.new`);
    await writeFile(temporary, content, { mode: 0o600 });
    await rename(temporary, join(folder, name));
  };
  const { publicKey, privateKey } = await generateP256KeyPair();
  const { certificate, chain } = await issue(publicKey);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await write(KEY_FILES.key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await write(KEY_FILES.issuing, chain.map((der) => certificateToPem(der)).join(''));
  // Last: its presence says that the rest is complete.
  await write(KEY_FILES.certificate, certificateToPem(certificate));
  return true;
};
