import { TAG } from './tags.ts';

const lengthBytes = (length: number): number[] => {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.trunc(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
};

/** One DER value: tag, minimal length, and the parts one after another. */
export const derValue = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const bodyLength = parts.reduce((sum, part) => sum + part.length, 0);
  const head = lengthBytes(bodyLength);
  const bytes = new Uint8Array(1 + head.length + bodyLength);
  bytes[0] = tag;
  bytes.set(head, 1);
  let offset = 1 + head.length;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
};

/** The same value under another tag of one byte: how IMPLICIT tagging is written. */
export const retagged = (tag: number, der: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(der);
  copy[0] = tag;
  return copy;
};

/** SEQUENCE of the given values, in their order. */
export const derSequence = (...parts: readonly Uint8Array[]): Uint8Array => derValue(TAG.sequence, ...parts);

/** Sorts encoded values as DER orders a SET OF (X.690 §11.6); the values themselves stay as they are. */
export const inSetOrder = (values: readonly Uint8Array[]): Uint8Array[] => [...values].sort(Buffer.compare);

/** SET OF the given values, sorted as DER asks; `tag` is given when the SET is IMPLICITly tagged. */
export const derSetOf = (values: readonly Uint8Array[], tag: number = TAG.set): Uint8Array =>
  derValue(tag, ...inSetOrder(values));

/** OCTET STRING of the given bytes. */
export const derOctetString = (bytes: Uint8Array): Uint8Array => derValue(TAG.octetString, bytes);

/** INTEGER between 0 and 127. */
export const derSmallInteger = (value: number): Uint8Array => derValue(TAG.integer, Uint8Array.of(value));

const base128 = (arc: number): number[] => {
  const bytes = [arc % 128];
  for (let rest = Math.trunc(arc / 128); rest > 0; rest = Math.trunc(rest / 128))
    bytes.unshift(0x80 | (rest % 128));
  return bytes;
};

/** OBJECT IDENTIFIER from its dotted text. */
export const derOid = (oid: string): Uint8Array => {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number);
  return derValue(TAG.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)));
};

/** NULL. */
export const DER_NULL = Uint8Array.of(TAG.null, 0);
