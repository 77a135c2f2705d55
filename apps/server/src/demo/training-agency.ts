import { certificateToPem, generateP256KeyPair, issueSignerCertificate } from '@sochi/signature';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../system-clock.ts';
import { openDemoAuthority } from './demo-authority.ts';

const keyFolder = (varDir: string): string => join(varDir, 'keys', 'agency');

/** The environment of `apps/agency`, which shares nothing with us but the machine. */
export const agencyEnvironment = (options: {
  varFolder: string;
  connectionString: string;
  port: number;
}): Record<string, string> => ({
  AGENCY_PORT: String(options.port),
  AGENCY_DATABASE_URL: options.connectionString,
  AGENCY_KEY_DIR: keyFolder(options.varFolder),
});

/** A key and a certificate for the training agency, once, in a folder of its own. */
export const installAgencyKey = async (varDir: string): Promise<void> => {
  const folder = keyFolder(varDir);
  const present = await access(join(folder, 'certificate.pem')).then(
    () => true,
    () => false,
  );
  if (present) return;
  const now = systemClock.now();
  const authority = await openDemoAuthority(varDir, now);
  const { publicKey, privateKey } = await generateP256KeyPair();
  const certificate = await issueSignerCertificate({
    notBefore: now,
    notAfter: now.add({ hours: 24 * 365 }),
    issuer: authority.issuing,
    issuerKey: authority.issuingKey,
    profile: 'agency',
    subject: {
      commonName: 'ГНС (учебная принимающая сторона)',
      organizationName: 'Государственная налоговая служба',
    },
    publicKey,
  });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
  });
  await writeFile(join(folder, 'issuing.pem'), certificateToPem(authority.issuing.der));
  await writeFile(join(folder, 'trust-root.pem'), certificateToPem(authority.root.der));
  // Last: its presence says that the rest is complete.
  await writeFile(join(folder, 'certificate.pem'), certificateToPem(certificate.der));
};
