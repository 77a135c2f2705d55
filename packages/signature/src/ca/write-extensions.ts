/** DER of the extensions our certificates, lists and answers carry (RFC 5280 §4.2 and §5.2). */
import { createHash } from 'node:crypto';
import type { Certificate } from '../certificate/certificate.ts';
import { publicKeyBitsOf } from '../certificate/public-key-bits.ts';
import { MalformedError } from '../malformed-error.ts';
import { DER_NULL, derOctetString, derOid, derSequence, derSmallInteger } from '../der/write-der.ts';
import { DER_TRUE, derContext, derContextPrimitive, derNamedBits } from '../der/write-values.ts';
import { OID } from '../oids.ts';
import { IssuingError } from './issuing-error.ts';
import type { ProfileRules } from './certificate-profiles.ts';

const NOTHING = new Uint8Array();
const URI = 6;

/** One Extension. */
export const derExtension = (oid: string, value: Uint8Array, isCritical = false): Uint8Array =>
  derSequence(derOid(oid), isCritical ? DER_TRUE : NOTHING, derOctetString(value));

/** SHA-1 of the public key's bits (RFC 5280 §4.2.1.2, method 1): a name, not a proof. Throws IssuingError. */
export const keyIdentifierOf = (spki: Uint8Array): Uint8Array => {
  try {
    return createHash('sha1').update(publicKeyBitsOf(spki)).digest();
  } catch (error) {
    if (error instanceof MalformedError) throw new IssuingError('key_unreadable');
    throw error;
  }
};

/** The issuer's key identifier as its own certificate states it, else as we would have written it. */
export const issuerKeyIdentifier = (issuer: Certificate): Uint8Array =>
  issuer.subjectKeyIdentifier ?? keyIdentifierOf(issuer.spki);

/** SubjectKeyIdentifier. */
export const subjectKeyExtension = (keyIdentifier: Uint8Array): Uint8Array =>
  derExtension(OID.subjectKeyIdentifier, derOctetString(keyIdentifier));

/** AuthorityKeyIdentifier: the issuer's key identifier only. */
export const authorityKeyExtension = (keyIdentifier: Uint8Array): Uint8Array =>
  derExtension(OID.authorityKeyIdentifier, derSequence(derContextPrimitive(0, keyIdentifier)));

/** Where a certificate's issuer publishes what is needed to check it: http addresses, ASCII. */
export interface IssuerLocations {
  /** The issuer's revocation list, DER. */
  readonly crl?: string | undefined;
  readonly ocsp?: string | undefined;
  /** The issuer's own certificate, DER. */
  readonly issuerCertificate?: string | undefined;
}

const address = (text: string): Uint8Array => {
  if (!/^https?:\/\/[\x21-\x7e]+$/.test(text)) throw new IssuingError('bad_location');
  return derContextPrimitive(URI, Buffer.from(text, 'latin1'));
};

const locationExtensions = ({ crl, ocsp, issuerCertificate }: IssuerLocations): Uint8Array[] => {
  const access = [
    ...(ocsp === undefined ? [] : [derSequence(derOid(OID.ocsp), address(ocsp))]),
    ...(issuerCertificate === undefined
      ? []
      : [derSequence(derOid(OID.caIssuers), address(issuerCertificate))]),
  ];
  return [
    ...(crl === undefined
      ? []
      : [
          derExtension(
            OID.crlDistributionPoints,
            derSequence(derSequence(derContext(0, derContext(0, address(crl))))),
          ),
        ]),
    ...(access.length === 0 ? [] : [derExtension(OID.authorityInfoAccess, derSequence(...access))]),
  ];
};

const basicConstraints = ({ isAuthority, pathLength }: ProfileRules): Uint8Array =>
  derSequence(
    isAuthority ? DER_TRUE : NOTHING,
    pathLength === undefined ? NOTHING : derSmallInteger(pathLength),
  );

/** Everything a profile asks for, as Extensions; throws IssuingError `bad_location`. */
export const certificateExtensions = (input: {
  readonly rules: ProfileRules;
  readonly subjectKey: Uint8Array;
  readonly issuerKey: Uint8Array;
  readonly locations: IssuerLocations;
}): Uint8Array => {
  const { rules } = input;
  const purpose = rules.extendedKeyUsage;
  return derSequence(
    derExtension(OID.basicConstraints, basicConstraints(rules), true),
    derExtension(OID.keyUsage, derNamedBits(rules.keyUsage), true),
    ...(purpose === undefined
      ? []
      : [derExtension(OID.extendedKeyUsage, derSequence(derOid(purpose.purpose)), purpose.isCritical)]),
    ...(rules.isUnchecked === true ? [derExtension(OID.ocspNoCheck, DER_NULL)] : []),
    subjectKeyExtension(input.subjectKey),
    authorityKeyExtension(input.issuerKey),
    ...locationExtensions(input.locations),
  );
};
