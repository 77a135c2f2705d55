/**
 * The certificate authority's side: root, issuing CA, and one leaf profile for each signer role. Serial numbers are 127
 * random bits from node:crypto (RFC 5280 §4.1.2.2 asks for 64); every time is handed in and cut to the second.
 */
import { createPublicKey, randomBytes, type KeyObject } from 'node:crypto';
import type { Extension, JsonNameParams } from '@peculiar/x509';
import { readCertificate, type Certificate } from '../certificate/certificate.ts';
import type { SignerRole } from '../certificate/subject.ts';
import { OID } from '../oids.ts';
import { loadX509 } from './x509-library.ts';

interface Validity {
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
}

interface Issuer {
  readonly issuer: Certificate;
  /** The issuer's private key, RSA or EC. */
  readonly issuerKey: KeyObject;
}

export interface AuthoritySubject {
  readonly commonName: string;
  readonly organizationName?: string;
}

export interface SignerSubject extends AuthoritySubject {
  readonly companyInn?: string;
  readonly personalInn?: string;
}

const KEY_ALGORITHMS = {
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const;

const algorithmOf = (key: KeyObject) =>
  key.asymmetricKeyType === 'rsa' ? KEY_ALGORITHMS.rsa : KEY_ALGORITHMS.ec;

const serialNumber = (): string => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
};

const nameOf = (attributes: ReadonlyArray<readonly [string, string | undefined]>): JsonNameParams =>
  attributes.flatMap(([oid, text]) => (text === undefined ? [] : [{ [oid]: [{ utf8String: text }] }]));

const wholeSecond = (instant: Temporal.Instant): Date =>
  new Date(instant.epochMilliseconds - (instant.epochMilliseconds % 1000));

interface Template extends Validity {
  readonly subject: ReadonlyArray<readonly [string, string | undefined]>;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** Null: self-signed with `issuerKey`. */
  readonly issuer: Certificate | null;
  readonly issuerKey: KeyObject;
  readonly extensions: (x509: Awaited<ReturnType<typeof loadX509>>) => readonly Extension[];
}

const issue = async (template: Template): Promise<Certificate> => {
  const x509 = await loadX509();
  const subject = new x509.Name(nameOf(template.subject));
  const algorithm = algorithmOf(template.issuerKey);
  const issuerPublicKey = createPublicKey(template.issuerKey).export({ type: 'spki', format: 'der' });
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject,
    issuer: template.issuer === null ? subject : new x509.Name(Uint8Array.from(template.issuer.subjectRaw)),
    notBefore: wholeSecond(template.notBefore),
    notAfter: wholeSecond(template.notAfter),
    signingAlgorithm: algorithm,
    signingKey: template.issuerKey.toCryptoKey(algorithm, false, ['sign']),
    publicKey: new x509.PublicKey(Uint8Array.from(template.publicKey)),
    extensions: [
      ...template.extensions(x509),
      await x509.SubjectKeyIdentifierExtension.create(
        new x509.PublicKey(Uint8Array.from(template.publicKey)),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(new x509.PublicKey(Uint8Array.from(issuerPublicKey))),
    ],
  });
  return readCertificate(new Uint8Array(made.rawData));
};

const authorityExtensions =
  (pathLength: number | undefined): Template['extensions'] =>
  (x509) => [
    new x509.BasicConstraintsExtension(true, pathLength, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
  ];

const authorityName = ({ commonName, organizationName }: AuthoritySubject): Template['subject'] => [
  [OID.organizationName, organizationName],
  [OID.commonName, commonName],
];

/** A self-signed root for the given private key. */
export const createRootCertificate = (
  input: Validity & { readonly subject: AuthoritySubject; readonly privateKey: KeyObject },
): Promise<Certificate> =>
  issue({
    notBefore: input.notBefore,
    notAfter: input.notAfter,
    subject: authorityName(input.subject),
    publicKey: createPublicKey(input.privateKey).export({ type: 'spki', format: 'der' }),
    issuer: null,
    issuerKey: input.privateKey,
    extensions: authorityExtensions(undefined),
  });

/** A CA certificate below the issuer; with path length 0 (the default) it may issue leaves only. */
export const issueCaCertificate = (
  input: Validity &
    Issuer & {
      readonly subject: AuthoritySubject;
      readonly publicKey: Uint8Array;
      readonly pathLength?: number;
    },
): Promise<Certificate> =>
  issue({
    ...input,
    subject: authorityName(input.subject),
    extensions: authorityExtensions(input.pathLength ?? 0),
  });

/** A signer's certificate; the profile becomes the subject's `title`. `publicKey` is SubjectPublicKeyInfo, DER. */
export const issueSignerCertificate = (
  input: Validity &
    Issuer & {
      readonly profile: SignerRole;
      readonly subject: SignerSubject;
      readonly publicKey: Uint8Array;
    },
): Promise<Certificate> =>
  issue({
    ...input,
    subject: [
      [OID.organizationName, input.subject.organizationName],
      [OID.organizationIdentifier, input.subject.companyInn],
      [OID.commonName, input.subject.commonName],
      [OID.serialNumber, input.subject.personalInn],
      [OID.title, input.profile],
    ],
    extensions: (x509) => [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation,
        true,
      ),
    ],
  });
