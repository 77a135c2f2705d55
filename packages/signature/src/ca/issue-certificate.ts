/** Issuing with a private key held in this process: for tests, demonstrations and the agency's own program. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { readCertificate, type Certificate } from '../certificate/certificate.ts';
import type { CertificateProfile } from './certificate-profiles.ts';
import { assembleCertificate, prepareCertificate, type CertificateOrder } from './prepare-certificate.ts';
import type { IssuerLocations } from './write-extensions.ts';
import type { CertificateSubject } from './write-name.ts';

interface Terms {
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  readonly locations?: IssuerLocations;
}

interface Issuer {
  readonly issuer: Certificate;
  /** The issuer's private key, RSA or EC. */
  readonly issuerKey: KeyObject;
}

export type AuthoritySubject = Pick<CertificateSubject, 'commonName' | 'organizationName'>;
export type SignerSubject = CertificateSubject;

const issue = async (order: CertificateOrder, key: KeyObject): Promise<Certificate> => {
  const prepared = prepareCertificate(order);
  return readCertificate(
    assembleCertificate(prepared, await signBytes(key, prepared.toBeSigned, prepared.algorithm)),
  );
};

/** A self-signed root for the given private key. */
export const createRootCertificate = ({
  privateKey,
  ...terms
}: Terms & { readonly subject: AuthoritySubject; readonly privateKey: KeyObject }): Promise<Certificate> => {
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return issue({ ...terms, profile: 'root', publicKey, selfSigned: true }, privateKey);
};

/** A CA certificate below the issuer; with path length 0 (the default) it may issue leaves only. */
export const issueCaCertificate = ({
  issuerKey,
  ...terms
}: Terms &
  Issuer & {
    readonly subject: AuthoritySubject;
    readonly publicKey: Uint8Array;
    readonly pathLength?: number;
  }): Promise<Certificate> => issue({ ...terms, profile: 'issuing' }, issuerKey);

/** A leaf: a signer (the profile becomes the subject's `title`), a timestamp authority or an OCSP responder. */
export const issueSignerCertificate = ({
  issuerKey,
  ...terms
}: Terms &
  Issuer & {
    readonly profile: Exclude<CertificateProfile, 'root' | 'issuing'>;
    readonly subject: SignerSubject;
    /** SubjectPublicKeyInfo, DER. */
    readonly publicKey: Uint8Array;
  }): Promise<Certificate> => issue(terms, issuerKey);
