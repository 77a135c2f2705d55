/** Certificates for tests: a root, an issuing CA and signers, valid over 2026 unless told otherwise. */
import type { KeyObject } from 'node:crypto';
import {
  createRootCertificate,
  generateP256KeyPair,
  issueCaCertificate,
  issueSignerCertificate,
  signDetached,
  type Certificate,
  type SignerRole,
} from '@sochi/signature';

export const COMPANY_INN = '01201199910001';
const VALIDITY = {
  notBefore: Temporal.Instant.from('2026-01-01T00:00:00Z'),
  notAfter: Temporal.Instant.from('2026-12-31T23:59:59Z'),
};

export interface Signer {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

export interface SampleAuthority {
  readonly root: Certificate;
  readonly rootKey: KeyObject;
  readonly issuing: Certificate;
  readonly issuingKey: KeyObject;
}

export interface SignerOrder {
  readonly companyInn?: string;
  readonly notAfter?: Temporal.Instant;
}

/** A fresh root and issuing CA. */
export const createSampleAuthority = async (): Promise<SampleAuthority> => {
  const [rootKeys, issuingKeys] = await Promise.all([generateP256KeyPair(), generateP256KeyPair()]);
  const root = await createRootCertificate({
    ...VALIDITY,
    subject: { commonName: 'Sample Root CA' },
    privateKey: rootKeys.privateKey,
  });
  const issuing = await issueCaCertificate({
    ...VALIDITY,
    subject: { commonName: 'Sample Issuing CA' },
    publicKey: issuingKeys.publicKey,
    issuer: root,
    issuerKey: rootKeys.privateKey,
  });
  return { root, rootKey: rootKeys.privateKey, issuing, issuingKey: issuingKeys.privateKey };
};

/** A signer of the authority. */
export const issueSigner = async (
  { issuing, issuingKey }: SampleAuthority,
  profile: SignerRole,
  { companyInn = COMPANY_INN, notAfter = VALIDITY.notAfter }: SignerOrder = {},
): Promise<Signer> => {
  const keys = await generateP256KeyPair();
  const certificate = await issueSignerCertificate({
    notBefore: VALIDITY.notBefore,
    notAfter,
    profile,
    subject: { commonName: `Асанова ${profile}`, organizationName: 'ОсОО «Ала-Тоо»', companyInn },
    publicKey: keys.publicKey,
    issuer: issuing,
    issuerKey: issuingKey,
  });
  return { certificate, privateKey: keys.privateKey };
};

/** A CMS by these signers, one after another. */
export const signedBy = async (
  signers: readonly Signer[],
  content: Uint8Array,
  signingTime: Temporal.Instant,
  certificates: readonly Certificate[],
): Promise<Uint8Array> => {
  let cms: Uint8Array | undefined;
  for (const signer of signers) {
    const addTo = cms === undefined ? {} : { addTo: cms };
    cms = await signDetached({ content, ...signer, signingTime, certificates, ...addTo });
  }
  return cms ?? new Uint8Array();
};
