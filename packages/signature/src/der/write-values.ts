import { TAG } from './tags.ts';
import { derValue } from './write-der.ts';

/** BOOLEAN TRUE; FALSE is the default wherever this package writes one, and DER leaves defaults out. */
export const DER_TRUE = Uint8Array.of(TAG.boolean, 1, 0xff);

/** INTEGER from big-endian bytes of a number that is not negative; leading zeros are dropped or added as DER asks. */
export const derUnsigned = (bytes: Uint8Array): Uint8Array => {
  const start = bytes.findIndex((byte) => byte !== 0);
  const body = start < 0 ? Uint8Array.of(0) : bytes.subarray(start);
  return (body[0] ?? 0) < 0x80 ? derValue(TAG.integer, body) : derValue(TAG.integer, Uint8Array.of(0), body);
};

/** INTEGER from a number that is not negative. */
export const derNumber = (value: bigint | number): Uint8Array => {
  const digits = value.toString(16);
  return derUnsigned(Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'));
};

/** ENUMERATED between 0 and 127. */
export const derEnumerated = (value: number): Uint8Array => Uint8Array.of(TAG.enumerated, 1, value);

/** BIT STRING of whole bytes. */
export const derBitString = (bytes: Uint8Array): Uint8Array =>
  derValue(TAG.bitString, Uint8Array.of(0), bytes);

/** A named BIT STRING of at most eight bits, the first one highest; unused bits at the end are left out as DER asks. */
export const derNamedBits = (bits: number): Uint8Array => {
  if (bits === 0) return Uint8Array.of(TAG.bitString, 1, 0);
  return Uint8Array.of(TAG.bitString, 2, 31 - Math.clz32(bits & -bits), bits);
};

/** UTF8String. */
export const derUtf8String = (text: string): Uint8Array =>
  derValue(TAG.utf8String, Buffer.from(text, 'utf8'));

/** The values under [number], constructed: how EXPLICIT tagging and an IMPLICIT SEQUENCE are written. */
export const derContext = (number: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  derValue(0xa0 | number, ...parts);

/** Bytes under [number], primitive: an IMPLICIT OCTET STRING, IA5String or INTEGER. */
export const derContextPrimitive = (number: number, bytes: Uint8Array): Uint8Array =>
  derValue(0x80 | number, bytes);
