/** A small authority for tests and vectors: root, issuing CA and signers, valid over 2026 and 2027 unless told otherwise. */
import type { KeyObject } from 'node:crypto';
import type { CertificateProfile } from '../ca/certificate-profiles.ts';
import { generateKeyPair, generateP256KeyPair, type KeyKind } from '../ca/generate-key-pair.ts';
import {
  createRootCertificate,
  issueCaCertificate,
  issueSignerCertificate,
} from '../ca/issue-certificate.ts';
import type { Certificate } from '../certificate/certificate.ts';

export interface Signer {
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
}

export interface SignerOrder {
  readonly profile: Exclude<CertificateProfile, 'root' | 'issuing'>;
  /** By default P-256. */
  readonly key?: KeyKind;
  readonly companyInn?: string;
  readonly notBefore?: Temporal.Instant;
  readonly notAfter?: Temporal.Instant;
}

export interface DemoAuthority {
  readonly root: Certificate;
  readonly rootKey: KeyObject;
  readonly intermediate: Certificate;
  readonly intermediateKey: KeyObject;
  issue(order: SignerOrder): Promise<Signer>;
}

export const COMPANY_INN = '01234567890123';
export const VALID_FROM = Temporal.Instant.from('2026-01-01T00:00:00Z');
export const VALID_UNTIL = Temporal.Instant.from('2027-12-31T23:59:59Z');
export const SIGNED_AT = Temporal.Instant.from('2026-11-23T09:30:00Z');

/** Makes a fresh authority with random keys. */
export const createDemoAuthority = async (name = 'Test'): Promise<DemoAuthority> => {
  const validity = { notBefore: VALID_FROM, notAfter: VALID_UNTIL };
  const rootKeys = await generateP256KeyPair();
  const caKeys = await generateP256KeyPair();
  const rootSubject = { commonName: `${name} Root CA`, organizationName: 'СОчИ' };
  const root = await createRootCertificate({
    ...validity,
    subject: rootSubject,
    privateKey: rootKeys.privateKey,
  });
  const intermediate = await issueCaCertificate({
    ...validity,
    subject: { commonName: `${name} Issuing CA`, organizationName: 'СОчИ' },
    publicKey: caKeys.publicKey,
    issuer: root,
    issuerKey: rootKeys.privateKey,
  });
  const issue = async ({
    profile,
    key = 'ecdsa-p256',
    companyInn = COMPANY_INN,
    notBefore,
    notAfter,
  }: SignerOrder): Promise<Signer> => {
    const keys = await generateKeyPair(key);
    const certificate = await issueSignerCertificate({
      notBefore: notBefore ?? VALID_FROM,
      notAfter: notAfter ?? VALID_UNTIL,
      profile,
      subject: {
        commonName: `${name} ${profile}`,
        organizationName: 'ОсОО «Ала-Тоо»',
        companyInn,
        personalInn: '20101199000017',
      },
      publicKey: keys.publicKey,
      issuer: intermediate,
      issuerKey: caKeys.privateKey,
    });
    return { certificate, privateKey: keys.privateKey };
  };
  return {
    root,
    rootKey: rootKeys.privateKey,
    intermediate,
    intermediateKey: caKeys.privateKey,
    issue,
  };
};
