import { plainAlgorithmOidOf } from '../der/read-algorithm.ts';
import { bodyOf, type DerNode } from '../der/read-der.ts';
import { DerCursor } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { DER_NULL, derOctetString, derOid, derSequence } from '../der/write-der.ts';

/** What is stamped: never the data, only what they hash to. */
export interface MessageImprint {
  /** Dotted OID of the digest; any may be asked for, few are accepted. */
  readonly digestOid: string;
  readonly digest: Uint8Array;
}

/** MessageImprint; the algorithm's parameters are NULL, as openssl and most clients write them. */
export const writeImprint = ({ digestOid, digest }: MessageImprint): Uint8Array =>
  derSequence(derSequence(derOid(digestOid), DER_NULL), derOctetString(digest));

/** Reads a MessageImprint; throws MalformedError. Whether digest and length fit each other is not looked at. */
export const readImprint = (node: DerNode): MessageImprint => {
  const cursor = new DerCursor(node, TAG.sequence, 'imprint');
  const digestOid = plainAlgorithmOidOf(cursor.take(), 'imprint');
  const digest = bodyOf(cursor.take(TAG.octetString));
  cursor.finish();
  return { digestOid, digest };
};
