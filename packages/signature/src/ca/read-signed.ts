import { rawOf, type DerNode } from '../der/read-der.ts';
import { DerCursor, expectNullOrAbsent, oidOf, wholeBitStringOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';

/** X.509's SIGNED (see to-sign.ts) as it was read; nothing has been verified. */
export interface SignedValue {
  readonly body: DerNode;
  /** The AlgorithmIdentifier outside the body, DER. */
  readonly algorithmRaw: Uint8Array;
  readonly signatureOid: string;
  readonly toBeSigned: Uint8Array;
  readonly signature: Uint8Array;
}

/** Reads an AlgorithmIdentifier with absent or NULL parameters; throws MalformedError. */
export const algorithmOidOf = (node: DerNode, name: string): string => {
  const cursor = new DerCursor(node, TAG.sequence, `${name}_algorithm`);
  const oid = oidOf(cursor.take());
  expectNullOrAbsent(cursor.takeIf(TAG.null), `${name}_algorithm`);
  cursor.finish();
  return oid;
};

/** Body, algorithm, signature and nothing else; throws MalformedError. */
export const readSigned = (node: DerNode, name: string): SignedValue => {
  const cursor = new DerCursor(node, TAG.sequence, name);
  const body = cursor.take(TAG.sequence);
  const algorithm = cursor.take(TAG.sequence);
  const signature = wholeBitStringOf(cursor.take());
  cursor.finish();
  return {
    body,
    algorithmRaw: rawOf(algorithm),
    signatureOid: algorithmOidOf(algorithm, name),
    toBeSigned: rawOf(body),
    signature,
  };
};
