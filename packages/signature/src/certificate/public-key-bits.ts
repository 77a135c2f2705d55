import { readDer } from '../der/read-der.ts';
import { DerCursor, wholeBitStringOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';

/** The key's own bits inside a SubjectPublicKeyInfo: what key identifiers are hashes of. Throws MalformedError. */
export const publicKeyBitsOf = (spki: Uint8Array): Uint8Array => {
  const cursor = new DerCursor(readDer(spki), TAG.sequence, 'public_key');
  cursor.take(TAG.sequence);
  const bits = wholeBitStringOf(cursor.take());
  cursor.finish();
  return bits;
};
