import { derOid, derSequence } from '../der/write-der.ts';
import { OID } from '../oids.ts';

const WEAK = [OID.sha1, OID.md5, OID.sha1WithRsa, OID.md5WithRsa, OID.ecdsaWithSha1, OID.dsaWithSha1].map(
  (oid) => Buffer.from(derOid(oid)),
);

// RSASSA-PSS-params whose hash is left out mean SHA-1 (RFC 4055 §3.1).
const PSS_BY_DEFAULT = Buffer.from(derSequence(derOid(OID.rsassaPss), derSequence()));

/** True when an AlgorithmIdentifier (DER) names SHA-1 or MD5, in whichever of its parts. */
export const namesWeakDigest = (identifier: Uint8Array): boolean => {
  const bytes = Buffer.from(identifier.buffer, identifier.byteOffset, identifier.length);
  return WEAK.some((oid) => bytes.includes(oid)) || bytes.equals(PSS_BY_DEFAULT);
};
