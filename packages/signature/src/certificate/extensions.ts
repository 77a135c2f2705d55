import { MalformedError } from '../malformed-error.ts';
import { bodyOf, readDer, type DerNode } from '../der/read-der.ts';
import { booleanOf, DerCursor, oidOf, smallIntegerOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { OID } from '../oids.ts';
import { crlLocationsOf, issuerAccessOf, type PublishedLocations } from './published-locations.ts';

export interface CertificateExtensions extends PublishedLocations {
  readonly isCa: boolean;
  /** How many more CA certificates may stand below this one; undefined when not limited. */
  readonly pathLength: number | undefined;
  /** First byte of the KeyUsage bits (RFC 5280 §4.2.1.3); undefined when the extension is absent. */
  readonly keyUsage: number | undefined;
  /** What the key may be used for (dotted OIDs, RFC 5280 §4.2.1.12); undefined when the extension is absent. */
  readonly extendedKeyUsage:
    { readonly purposes: readonly string[]; readonly isCritical: boolean } | undefined;
  readonly subjectKeyIdentifier: Uint8Array | undefined;
  /** id-pkix-ocsp-nocheck: the issuer says that this responder need not be looked up (RFC 6960 §4.2.2.2.1). */
  readonly isOcspNoCheck: boolean;
  /** Critical extensions this package does not understand: such a certificate must not be used. */
  readonly unknownCritical: readonly string[];
}

/** Bits of `keyUsage`. */
export const KEY_USAGE = {
  digitalSignature: 0x80,
  nonRepudiation: 0x40,
  keyCertSign: 0x04,
  cRLSign: 0x02,
} as const;

const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
]);

export interface Extension {
  readonly oid: string;
  readonly isCritical: boolean;
  readonly value: Uint8Array;
}

const readExtension = (node: DerNode): Extension => {
  const cursor = new DerCursor(node, TAG.sequence, 'extension');
  const oid = oidOf(cursor.take());
  const critical = cursor.takeIf(TAG.boolean);
  const value = bodyOf(cursor.take(TAG.octetString));
  cursor.finish();
  return { oid, isCritical: critical !== undefined && booleanOf(critical), value };
};

const readBasicConstraints = (value: Uint8Array): Pick<CertificateExtensions, 'isCa' | 'pathLength'> => {
  const cursor = new DerCursor(readDer(value), TAG.sequence, 'basic_constraints');
  const ca = cursor.takeIf(TAG.boolean);
  const pathLength = cursor.takeIf(TAG.integer);
  cursor.finish();
  return {
    isCa: ca !== undefined && booleanOf(ca),
    pathLength: pathLength === undefined ? undefined : smallIntegerOf(pathLength),
  };
};

const readKeyUsage = (value: Uint8Array): number => {
  const node = readDer(value);
  const bits = bodyOf(node)[1];
  if (node.tag !== TAG.bitString || bits === undefined) throw new MalformedError('key_usage_malformed');
  return bits;
};

const readExtendedKeyUsage = ({ value, isCritical }: Extension) => ({
  purposes: new DerCursor(readDer(value), TAG.sequence, 'extended_key_usage').rest().map(oidOf),
  isCritical,
});

const readKeyIdentifier = (value: Uint8Array): Uint8Array => {
  const node = readDer(value);
  if (node.tag !== TAG.octetString) throw new MalformedError('key_identifier_malformed');
  return bodyOf(node);
};

/** The entries of an Extensions SEQUENCE (absent: none); throws MalformedError, also for one that comes twice. */
export const readExtensionList = (node: DerNode | undefined): readonly Extension[] => {
  const extensions =
    node === undefined ? [] : new DerCursor(node, TAG.sequence, 'extensions').rest().map(readExtension);
  if (new Set(extensions.map(({ oid }) => oid)).size !== extensions.length)
    throw new MalformedError('extension_twice');
  return extensions;
};

/** Reads the Extensions SEQUENCE (absent: undefined); throws MalformedError, also for an extension that comes twice. */
export const extensionsOf = (node: DerNode | undefined): CertificateExtensions => {
  const extensions = readExtensionList(node);
  const byOid = new Map(extensions.map((extension) => [extension.oid, extension.value]));
  const constraints = byOid.get(OID.basicConstraints);
  const keyUsage = byOid.get(OID.keyUsage);
  const extendedKeyUsage = extensions.find(({ oid }) => oid === OID.extendedKeyUsage);
  const subjectKeyIdentifier = byOid.get(OID.subjectKeyIdentifier);
  return {
    ...(constraints === undefined
      ? { isCa: false, pathLength: undefined }
      : readBasicConstraints(constraints)),
    keyUsage: keyUsage === undefined ? undefined : readKeyUsage(keyUsage),
    extendedKeyUsage: extendedKeyUsage && readExtendedKeyUsage(extendedKeyUsage),
    subjectKeyIdentifier: subjectKeyIdentifier && readKeyIdentifier(subjectKeyIdentifier),
    isOcspNoCheck: byOid.has(OID.ocspNoCheck),
    crlLocations: crlLocationsOf(byOid.get(OID.crlDistributionPoints)),
    ...issuerAccessOf(byOid.get(OID.authorityInfoAccess)),
    unknownCritical: extensions
      .filter((one) => one.isCritical && !UNDERSTOOD.has(one.oid))
      .map((one) => one.oid),
  };
};
