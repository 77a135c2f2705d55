/** Certificates for tests: a root, an issuing CA, its services and signers, valid over 2026 unless told otherwise. */
import type { KeyObject } from 'node:crypto';
import {
  createRootCertificate,
  generateP256KeyPair,
  issueCaCertificate,
  issueSignerCertificate,
  type Certificate,
  type CertificateProfile,
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
  /** Gives timestamps. */
  readonly timestamper: Signer;
  /** Answers OCSP. */
  readonly responder: Signer;
}

type Issuer = Pick<SampleAuthority, 'issuing' | 'issuingKey'>;

export interface SignerOrder {
  readonly companyInn?: string;
  readonly commonName?: string;
  readonly notAfter?: Temporal.Instant;
}

/** A leaf of the authority, with its key. */
export const issueSigner = async (
  { issuing, issuingKey }: Issuer,
  profile: Exclude<CertificateProfile, 'root' | 'issuing'>,
  {
    companyInn = COMPANY_INN,
    commonName = `Асанова ${profile}`,
    notAfter = VALIDITY.notAfter,
  }: SignerOrder = {},
): Promise<Signer> => {
  const keys = await generateP256KeyPair();
  const certificate = await issueSignerCertificate({
    notBefore: VALIDITY.notBefore,
    notAfter,
    profile,
    subject: { commonName, organizationName: 'ОсОО «Ала-Тоо»', companyInn },
    publicKey: keys.publicKey,
    issuer: issuing,
    issuerKey: issuingKey,
  });
  return { certificate, privateKey: keys.privateKey };
};

/** A fresh root, its issuing CA, its timestamp authority and its OCSP responder. */
export const createSampleAuthority = async (name = 'Sample'): Promise<SampleAuthority> => {
  const [rootKeys, issuingKeys] = await Promise.all([generateP256KeyPair(), generateP256KeyPair()]);
  const root = await createRootCertificate({
    ...VALIDITY,
    subject: { commonName: `${name} Root CA` },
    privateKey: rootKeys.privateKey,
  });
  const issuing = await issueCaCertificate({
    ...VALIDITY,
    subject: { commonName: `${name} Issuing CA` },
    publicKey: issuingKeys.publicKey,
    issuer: root,
    issuerKey: rootKeys.privateKey,
  });
  const issuer = { issuing, issuingKey: issuingKeys.privateKey };
  return {
    root,
    rootKey: rootKeys.privateKey,
    ...issuer,
    timestamper: await issueSigner(issuer, 'timestamp'),
    responder: await issueSigner(issuer, 'ocsp'),
  };
};
