import { MalformedError } from '../malformed-error.ts';
import type { BerNode } from './read-ber.ts';
import { readDer } from './read-der.ts';
import { TAG } from './tags.ts';
import { derValue } from './write-der.ts';

const CONSTRUCTED = 0x20;
/** Universal strings and times, which BER may write in pieces: X.690 §8.21. */
const STRING_TAGS: ReadonlySet<number> = new Set([
  TAG.bitString,
  TAG.octetString,
  TAG.utf8String,
  0x12,
  TAG.printableString,
  0x14,
  0x15,
  TAG.ia5String,
  TAG.utcTime,
  TAG.generalizedTime,
  0x19,
  0x1a,
  0x1b,
  0x1c,
  0x1e,
]);

const minimalInteger = (body: Uint8Array): Uint8Array => {
  let start = 0;
  for (; start + 1 < body.length; start += 1) {
    const [first, second = 0] = body.subarray(start, start + 2);
    if (!((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) break;
  }
  return body.subarray(start);
};

const primitiveBody = (tag: number, body: Uint8Array): Uint8Array => {
  if (tag === TAG.integer) return minimalInteger(body);
  if (tag === TAG.boolean && body.length === 1) return Uint8Array.of(body[0] === 0 ? 0 : 0xff);
  return body;
};

const piecesOf = (node: BerNode, tag: number): readonly Uint8Array[] => {
  if (node.children === null) {
    if (node.tag !== tag) throw new MalformedError('ber_string_pieces');
    return [node.body];
  }
  if (node.tag !== (tag | CONSTRUCTED)) throw new MalformedError('ber_string_pieces');
  return node.children.flatMap((child) => piecesOf(child, tag));
};

// Each piece of a BIT STRING says how many bits it leaves unused; only the last may leave any.
const joinedBits = (pieces: readonly Uint8Array[]): Uint8Array => {
  const last = pieces.at(-1) ?? Uint8Array.of(0);
  if (pieces.some((piece) => piece.length === 0 || (piece !== last && piece[0] !== 0)))
    throw new MalformedError('ber_bit_string');
  return Buffer.concat([last.subarray(0, 1), ...pieces.map((piece) => piece.subarray(1))]);
};

/** True when the bytes are DER as far as lengths and strings go. */
export const isDer = (bytes: Uint8Array, maxDepth: number): boolean => {
  try {
    readDer(bytes, { maxBytes: bytes.length, maxDepth });
    return true;
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
};

/**
 * DER of what was read: least definite lengths, strings in one piece, least integers, TRUE as FF. The members of a SET stay in
 * their order, as only its reader knows whether it is a SET OF; throws MalformedError.
 */
export const derOf = ({ tag, body, children, ...node }: BerNode): Uint8Array => {
  if (children === null) return derValue(tag, primitiveBody(tag, body));
  const primitive = tag & ~CONSTRUCTED;
  if (!STRING_TAGS.has(primitive)) return derValue(tag, ...children.map(derOf));
  const pieces = piecesOf({ tag, body, children, ...node }, primitive);
  return derValue(primitive, primitive === TAG.bitString ? joinedBits(pieces) : Buffer.concat(pieces));
};
