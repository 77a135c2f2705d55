/** How OCSP names a certificate (RFC 6960 §4.1.1): hashes of its issuer's name and key, and its serial number. */
import { createHash } from 'node:crypto';
import type { Certificate } from '../certificate/certificate.ts';
import { publicKeyBitsOf } from '../certificate/public-key-bits.ts';
import { plainAlgorithmOidOf } from '../der/read-algorithm.ts';
import { bodyOf, rawOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor, integerBytesOf, sameBytes } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { DER_NULL, derOctetString, derOid, derSequence } from '../der/write-der.ts';
import { derUnsigned } from '../der/write-values.ts';
import { OID } from '../oids.ts';

export interface OcspCertId {
  /** DER as it stands: an answer repeats the question's own bytes. */
  readonly raw: Uint8Array;
  readonly hashOid: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  /** As `Certificate.serial`. */
  readonly serial: string;
}

/** SHA-1 is what RFC 5019 and openssl ask with; as a name of an issuer it need not resist collisions. */
const HASHES: ReadonlyMap<string, string> = new Map([
  [OID.sha1, 'sha1'],
  [OID.sha256, 'sha256'],
]);

const hashed = (hash: string, bytes: Uint8Array): Uint8Array => createHash(hash).update(bytes).digest();

/** Names a certificate of the issuer. */
export const ocspCertId = (input: {
  readonly certificate: Pick<Certificate, 'serialRaw'>;
  readonly issuer: Certificate;
  readonly hash?: 'sha1' | 'sha256' | undefined;
}): OcspCertId => {
  const { issuer, hash = 'sha256' } = input;
  const issuerNameHash = hashed(hash, issuer.subjectRaw);
  const issuerKeyHash = hashed(hash, publicKeyBitsOf(issuer.spki));
  const hashOid = OID[hash];
  const raw = derSequence(
    derSequence(derOid(hashOid), DER_NULL),
    derOctetString(issuerNameHash),
    derOctetString(issuerKeyHash),
    derUnsigned(input.certificate.serialRaw),
  );
  return readCertId(readDer(raw));
};

/** Reads a CertID; throws MalformedError. A hash this package does not know is kept by its OID. */
export const readCertId = (node: DerNode): OcspCertId => {
  const cursor = new DerCursor(node, TAG.sequence, 'cert_id');
  const hashOid = plainAlgorithmOidOf(cursor.take(), 'cert_id');
  const issuerNameHash = bodyOf(cursor.take(TAG.octetString));
  const issuerKeyHash = bodyOf(cursor.take(TAG.octetString));
  const serial = Buffer.from(integerBytesOf(cursor.take())).toString('hex');
  cursor.finish();
  return { raw: rawOf(node), hashOid, issuerNameHash, issuerKeyHash, serial };
};

/** True when the name is one of a certificate of this issuer: both hashes are of its name and its key. */
export const isCertIdOf = (
  { hashOid, issuerNameHash, issuerKeyHash }: OcspCertId,
  issuer: Certificate,
): boolean => {
  const hash = HASHES.get(hashOid);
  return (
    hash !== undefined &&
    sameBytes(hashed(hash, issuer.subjectRaw), issuerNameHash) &&
    sameBytes(hashed(hash, publicKeyBitsOf(issuer.spki)), issuerKeyHash)
  );
};
