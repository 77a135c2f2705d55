import { MalformedError } from '../malformed-error.ts';
import { rawOf, type DerNode } from '../der/read-der.ts';
import { DerCursor, wholeBitStringOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';

/** X.509's SIGNED (see to-sign.ts) as it was read; nothing has been verified. */
export interface SignedValue {
  readonly body: DerNode;
  /** The AlgorithmIdentifier outside the body, DER: the registry knows what it means. */
  readonly signatureAlgorithm: Uint8Array;
  readonly toBeSigned: Uint8Array;
  readonly signature: Uint8Array;
}

/** Body, algorithm, signature, and after them at most one value of the given tag; throws MalformedError. */
export const readSignedWith = (
  node: DerNode,
  name: string,
  moreTag: number,
): SignedValue & { readonly more: DerNode | undefined } => {
  const cursor = new DerCursor(node, TAG.sequence, name);
  const body = cursor.take(TAG.sequence);
  const algorithm = cursor.take(TAG.sequence);
  const signature = wholeBitStringOf(cursor.take());
  const more = cursor.takeIf(moreTag);
  cursor.finish();
  return {
    body,
    signatureAlgorithm: rawOf(algorithm),
    toBeSigned: rawOf(body),
    signature,
    more,
  };
};

/** Body, algorithm, signature and nothing else; throws MalformedError. */
export const readSigned = (node: DerNode, name: string): SignedValue => {
  const { more, ...signed } = readSignedWith(node, name, TAG.context0Constructed);
  if (more !== undefined) throw new MalformedError(`${name}_too_long`);
  return signed;
};
