import {
  certificateToPem,
  createRootCertificate,
  generateP256KeyPair,
  issueCaCertificate,
  issueSignerCertificate,
  readCertificate,
  type Certificate,
  type SignerRole,
} from '@sochi/signature';
import { createPublicKey, type KeyObject } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgencyKey } from '../create-agency-key.ts';
import { KEY_FILES } from '../signing-key.ts';

/** A person or an agency that can sign. */
export type TestSigner = { certificate: Certificate; privateKey: KeyObject };

/** An operator's certification authority with fresh keys, valid around now. */
export type TestAuthority = {
  root: Certificate;
  issuing: Certificate;
  officer: (role: SignerRole, companyInn: string) => Promise<TestSigner>;
  certify: (profile: SignerRole, spki: Uint8Array, companyInn?: string) => Promise<Certificate>;
};

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
    certify,
  };
};

/** A key folder of an agency that trusts `authority`. */
export const createKeyFolder = async (
  authority: TestAuthority,
): Promise<{ folder: string; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'sochi-test-agency-'));
  await createAgencyKey(folder, async (spki) => ({
    certificate: (await authority.certify('agency', spki)).der,
    chain: [authority.issuing.der],
  }));
  await writeFile(join(folder, KEY_FILES.trustRoot), certificateToPem(authority.root.der));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
};

/** Whether a certificate certifies a private key. */
export const belongs = (der: Uint8Array, key: KeyObject): boolean =>
  readCertificate(der).publicKey.equals(createPublicKey(key));
