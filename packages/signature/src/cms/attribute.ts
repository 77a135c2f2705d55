import { TAG } from '../der/tags.ts';
import type { DerNode } from '../der/read-der.ts';
import { DerCursor, oidOf } from '../der/read-values.ts';
import { derOid, derSequence, derValue } from '../der/write-der.ts';

/** A writer of attributes of one type, each with one value. */
export const attributeWriter = (oid: string): ((value: Uint8Array) => Uint8Array) => {
  const name = derOid(oid);
  return (value) => derSequence(name, derValue(TAG.set, value));
};

/** The object identifier and the one value of an attribute; throws MalformedError. */
export const readAttribute = (node: DerNode): readonly [oid: string, value: DerNode] => {
  const cursor = new DerCursor(node, TAG.sequence, 'attribute');
  const oid = oidOf(cursor.take());
  const values = new DerCursor(cursor.take(), TAG.set, 'attribute_values');
  cursor.finish();
  const value = values.take();
  values.finish();
  return [oid, value];
};
