import {
  certificateToPem,
  createRootCertificate,
  generateP256KeyPair,
  issueCaCertificate,
  issueSignerCertificate,
  readCertificate,
  readCertificationRequest,
  type Certificate,
  type SignerRole,
} from '@sochi/signature';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptCertificate, requestCertificate } from '../agency-certificate.ts';

/** A person or an agency that can sign. */
export type TestSigner = { certificate: Certificate; privateKey: KeyObject };

/** An operator's certification authority with fresh keys, valid around now. */
export type TestAuthority = {
  root: Certificate;
  issuing: Certificate;
  officer: (role: SignerRole, companyInn: string) => Promise<TestSigner>;
  /** PEM of a certificate for the key of a request, and of the chain to the root. */
  answer: (request: string, profile?: SignerRole) => Promise<string>;
};

/** DER of a certification request in PEM. */
export const derOfRequest = (pem: string): Uint8Array =>
  Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');

export const createTestAuthority = async (): Promise<TestAuthority> => {
  const now = Temporal.Now.instant();
  const validity = { notBefore: now.subtract({ hours: 1 }), notAfter: now.add({ hours: 24 }) };
  const [rootKeys, issuingKeys] = await Promise.all([generateP256KeyPair(), generateP256KeyPair()]);
  const root = await createRootCertificate({
    ...validity,
    subject: { commonName: 'Test root' },
    privateKey: rootKeys.privateKey,
  });
  const issuing = await issueCaCertificate({
    ...validity,
    subject: { commonName: 'Test issuing' },
    publicKey: issuingKeys.publicKey,
    issuer: root,
    issuerKey: rootKeys.privateKey,
  });
  const certify = (profile: SignerRole, publicKey: Uint8Array, companyInn?: string): Promise<Certificate> =>
    issueSignerCertificate({
      ...validity,
      profile,
      subject: { commonName: `Test ${profile}`, ...(companyInn === undefined ? {} : { companyInn }) },
      publicKey,
      issuer: issuing,
      issuerKey: issuingKeys.privateKey,
    });
  return {
    root,
    issuing,
    async officer(role, companyInn) {
      const { publicKey, privateKey } = await generateP256KeyPair();
      return { certificate: await certify(role, publicKey, companyInn), privateKey };
    },
    async answer(request, profile = 'agency') {
      const { publicKey } = readCertificationRequest(derOfRequest(request));
      const certificates = [await certify(profile, publicKey), issuing, root];
      return certificates.map(({ der }) => certificateToPem(der)).join('');
    },
  };
};

/** A key folder of an agency that trusts `authority`. */
export const createKeyFolder = async (
  authority: TestAuthority,
): Promise<{ folder: string; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'sochi-test-agency-'));
  await acceptCertificate(folder, await authority.answer(await requestCertificate(folder)));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};

/** Whether a certificate certifies a private key. */
export const belongs = (der: Uint8Array, key: KeyObject): boolean =>
  readCertificate(der).publicKey.equals(createPublicKey(key));
