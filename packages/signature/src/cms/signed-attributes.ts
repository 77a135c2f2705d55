/**
 * The signed attributes of CAdES-BES (ETSI EN 319 122-1 §5): content type, signing time, message digest and the signing
 * certificate. The signature is made over their DER as a SET; inside the SignerInfo the same bytes stand under tag [0].
 */
import { DIGESTS, type DigestAlgorithm } from '../algorithms/digest-algorithm.ts';
import { digestNamedBy } from '../algorithms/registry.ts';
import { MalformedError } from '../malformed-error.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { bodyOf, childrenOf, rawOf, type DerNode } from '../der/read-der.ts';
import {
  DerCursor,
  expectSorted,
  hasControls,
  integerBytesOf,
  oidOf,
  sameBytes,
} from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derTime, instantOf } from '../der/time.ts';
import { derOctetString, derOid, derSequence, derSetOf } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { attributeWriter, readAttribute } from './attribute.ts';
import { readClaimedRole, writeClaimedRole } from './claimed-role.ts';

const certificateHash = ({ sha256 }: Certificate): Uint8Array => Buffer.from(sha256, 'hex');

const CONTENT_TYPE = attributeWriter(OID.contentType)(derOid(OID.data));
const signingTimeOf = attributeWriter(OID.signingTime);
const messageDigestOf = attributeWriter(OID.messageDigest);
const signerAttributesOf = attributeWriter(OID.signerAttributesV2);
const signingCertificateOf = attributeWriter(OID.signingCertificateV2);

/** The attribute that names the signer's certificate by SHA-256. */
export const signingCertificateAttribute = (certificate: Certificate): Uint8Array => {
  // SigningCertificateV2 -> certs -> ESSCertIDv2, whose hash algorithm is SHA-256 when none is named.
  const essCertId = derSequence(derOctetString(certificateHash(certificate)));
  return signingCertificateOf(derSequence(derSequence(essCertId)));
};

/** DER of the signed attributes as a SET: the bytes to be signed. */
export const writeSignedAttributes = (input: {
  readonly contentDigest: Uint8Array;
  readonly certificate: Certificate;
  readonly signingTime: Temporal.Instant;
  readonly claimedRole?: string;
}): Uint8Array =>
  derSetOf([
    CONTENT_TYPE,
    signingTimeOf(derTime(input.signingTime)),
    messageDigestOf(derOctetString(input.contentDigest)),
    signingCertificateAttribute(input.certificate),
    ...(input.claimedRole === undefined ? [] : [signerAttributesOf(writeClaimedRole(input.claimedRole))]),
  ]);

export interface SignedAttributes {
  readonly messageDigest: Uint8Array;
  /** As the signer claims; undefined when the attribute is absent. */
  readonly signingTime: Temporal.Instant | undefined;
  /** The signing-certificate attribute; undefined when absent: then the signature is CMS, but not CAdES. */
  readonly signingCertificate: DerNode | undefined;
  /** True when only the old attribute is there, which names the certificate by SHA-1 (RFC 2634 §5.4). */
  readonly namesBySha1: boolean;
  /** The role the signer claims; undefined when none is. */
  readonly claimedRole: string | undefined;
}

// What a signer of a report may sign beside it: what we write and what openssl and other programs add of themselves.
const KNOWN: ReadonlySet<string> = new Set([
  OID.contentType,
  OID.signingTime,
  OID.messageDigest,
  OID.signingCertificate,
  OID.signingCertificateV2,
  OID.signerAttributesV2,
  OID.smimeCapabilities,
  OID.algorithmProtection,
]);

/**
 * Reads the attributes under [0]; throws MalformedError when they are not DER, a mandatory one is missing or twice, a text among
 * them has control characters, or the content they speak of is of another type. Beside data none may be of an unknown kind: what
 * nobody reads could say anything. Foreign authorities put into timestamps what they please.
 */
export const readSignedAttributes = (node: DerNode, contentTypeOid: string): SignedAttributes => {
  const nodes = childrenOf(node);
  expectSorted(nodes, 'signed_attributes');
  const attributes = nodes.map(readAttribute);
  const byOid = new Map(attributes);
  if (byOid.size !== attributes.length) throw new MalformedError('signed_attribute_twice');
  if (contentTypeOid === OID.data && !attributes.every(([oid]) => KNOWN.has(oid)))
    throw new MalformedError('signed_attribute_unknown');
  if (nodes.some(hasControls)) throw new MalformedError('signed_attribute_control_character');
  const contentType = byOid.get(OID.contentType);
  if (contentType === undefined || oidOf(contentType) !== contentTypeOid)
    throw new MalformedError('content_type');
  const messageDigest = byOid.get(OID.messageDigest);
  if (messageDigest?.tag !== TAG.octetString) throw new MalformedError('message_digest');
  const signingTime = byOid.get(OID.signingTime);
  const signingCertificate = byOid.get(OID.signingCertificateV2);
  const signerAttributes = byOid.get(OID.signerAttributesV2);
  return {
    messageDigest: bodyOf(messageDigest),
    signingTime: signingTime && instantOf(signingTime),
    signingCertificate,
    namesBySha1: signingCertificate === undefined && byOid.has(OID.signingCertificate),
    claimedRole: signerAttributes && readClaimedRole(signerAttributes),
  };
};

const matchesIssuerSerial = (node: DerNode, certificate: Certificate): boolean => {
  const cursor = new DerCursor(node, TAG.sequence, 'issuer_serial');
  const names = new DerCursor(cursor.take(), TAG.sequence, 'issuer_names');
  const issuer = bodyOf(names.take(TAG.context4Constructed));
  names.finish();
  const serial = integerBytesOf(cursor.take());
  cursor.finish();
  return sameBytes(issuer, certificate.issuerRaw) && sameBytes(serial, certificate.serialRaw);
};

const certHashAlgorithm = (node: DerNode | undefined): DigestAlgorithm | undefined =>
  node === undefined ? DIGESTS.sha256 : digestNamedBy(rawOf(node));

/** True when the attribute's first entry names this certificate by a digest of the registry; throws MalformedError. */
export const namesCertificate = (signingCertificate: DerNode, certificate: Certificate): boolean => {
  const certs = new DerCursor(signingCertificate, TAG.sequence, 'signing_certificate').take();
  const entry = new DerCursor(
    new DerCursor(certs, TAG.sequence, 'ess_certs').take(),
    TAG.sequence,
    'ess_cert_id',
  );
  const algorithm = certHashAlgorithm(entry.takeIf(TAG.sequence));
  const hash = bodyOf(entry.take(TAG.octetString));
  const issuerSerial = entry.takeIf(TAG.sequence);
  entry.finish();
  if (algorithm === undefined) return false;
  const own = algorithm === DIGESTS.sha256 ? certificateHash(certificate) : algorithm.digest(certificate.der);
  return (
    sameBytes(hash, own) && (issuerSerial === undefined || matchesIssuerSerial(issuerSerial, certificate))
  );
};
