/** The certificate authority's two steps: prepare a certificate's body, have the issuer's key sign it, assemble. */
import { keyHolderOf } from '../algorithms/registry.ts';
import type { KeyHolder, SignatureAlgorithm } from '../algorithms/signature-algorithm.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { derTime } from '../der/time.ts';
import { derSequence, derSmallInteger } from '../der/write-der.ts';
import { derContext, derUnsigned } from '../der/write-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { PROFILE_RULES, type CertificateProfile } from './certificate-profiles.ts';
import { IssuingError } from './issuing-error.ts';
import { newSerialNumber } from './serial-number.ts';
import { assembleSigned, issuingAlgorithm, type ToSign } from './to-sign.ts';
import {
  certificateExtensions,
  issuerKeyIdentifier,
  keyIdentifierOf,
  type IssuerLocations,
} from './write-extensions.ts';
import { writeName, type CertificateSubject } from './write-name.ts';

/** A certificate's body, ready for the issuer's key. */
export interface PreparedCertificate extends ToSign {
  readonly serial: Uint8Array;
}

export type CertificateOrder = {
  readonly profile: CertificateProfile;
  readonly subject: CertificateSubject;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** Both ends are cut to the second; the last second counts. */
  readonly notBefore: Temporal.Instant;
  readonly notAfter: Temporal.Instant;
  readonly locations?: IssuerLocations | undefined;
  /** Big-endian bytes of a positive number, at most 20; without it 126 random bits. */
  readonly serial?: Uint8Array;
  /** For an authority: how many authorities may stand below it, instead of what its profile says. */
  readonly pathLength?: number;
} & ({ readonly issuer: Certificate } | { readonly selfSigned: true });

// An unreadable key is the order's fault, not that of some bytes from outside.
const algorithmOf = (key: KeyHolder): SignatureAlgorithm => {
  try {
    return issuingAlgorithm(key);
  } catch (error) {
    if (error instanceof MalformedError) throw new IssuingError('key_unreadable');
    throw error;
  }
};

const checkSerial = (serial: Uint8Array): Uint8Array => {
  const isPositive = serial.some((byte) => byte !== 0);
  if (!isPositive || serial.length > 20 || (serial.length === 20 && (serial[0] ?? 0) >= 0x80))
    throw new IssuingError('bad_serial');
  return serial;
};

/**
 * First step of issuing: the bytes the issuer's key must sign with `algorithm`. A key the registry does not accept (weak or
 * of an unknown kind) gets no certificate. Throws IssuingError.
 */
export const prepareCertificate = (order: CertificateOrder): PreparedCertificate => {
  const profile = PROFILE_RULES[order.profile];
  const rules =
    order.pathLength === undefined || !profile.isAuthority
      ? profile
      : { ...profile, pathLength: order.pathLength };
  const ownAlgorithm = algorithmOf(keyHolderOf(order.publicKey));
  const issuer = 'issuer' in order ? order.issuer : undefined;
  const algorithm = issuer === undefined ? ownAlgorithm : algorithmOf(issuer);
  if (order.notAfter.epochMilliseconds < order.notBefore.epochMilliseconds)
    throw new IssuingError('empty_validity');
  const serial = checkSerial(order.serial ?? newSerialNumber());
  const subject = writeName(order.subject, rules.isTitled ? order.profile : undefined);
  const subjectKeyId = keyIdentifierOf(order.publicKey);
  const toBeSigned = derSequence(
    derContext(0, derSmallInteger(2)),
    derUnsigned(serial),
    algorithm.certificateIdentifier,
    issuer?.subjectRaw ?? subject,
    derSequence(derTime(order.notBefore), derTime(order.notAfter)),
    subject,
    order.publicKey,
    derContext(
      3,
      certificateExtensions({
        rules,
        subjectKey: subjectKeyId,
        issuerKey: issuer === undefined ? subjectKeyId : issuerKeyIdentifier(issuer),
        locations: order.locations ?? {},
      }),
    ),
  );
  return { toBeSigned, algorithm, serial };
};

/** Second step of issuing: DER of the certificate. The signature (ECDSA in DER form) is not verified here. */
export const assembleCertificate = (prepared: PreparedCertificate, signature: Uint8Array): Uint8Array =>
  assembleSigned(prepared, signature);
