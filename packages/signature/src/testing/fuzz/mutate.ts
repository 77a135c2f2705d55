/** Damage that knows of BER: beside blind damage, tags, lengths and nesting are what parsers stumble over. */
import { DAMAGES } from '../damage.ts';
import type { Random } from '../random.ts';

type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array;

const LENGTHS: readonly Uint8Array[] = [
  Uint8Array.of(0x80),
  Uint8Array.of(0x81, 0xff),
  Uint8Array.of(0x82, 0xff, 0xff),
  Uint8Array.of(0x84, 0x7f, 0xff, 0xff, 0xff),
  Uint8Array.of(0x84, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
  Uint8Array.of(0xff),
  Uint8Array.of(0),
];
const TAGS = [
  0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x17, 0x18, 0x1f, 0x24, 0x30, 0x31, 0x3f, 0x80, 0xa0, 0xa1, 0xff,
];

const put = (bytes: Uint8Array, at: number, piece: Uint8Array): Uint8Array =>
  Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(Math.min(bytes.length, at + piece.length))]);

const withLength: Mutation = (bytes, random) =>
  put(bytes, random.below(bytes.length), LENGTHS[random.below(LENGTHS.length)] ?? Uint8Array.of());

const withTag: Mutation = (bytes, random) =>
  put(bytes, random.below(bytes.length), Uint8Array.of(TAGS[random.below(TAGS.length)] ?? 0));

const repeated: Mutation = (bytes, random) => {
  const from = random.below(bytes.length);
  const piece = bytes.subarray(from, from + 1 + random.below(200));
  const times = 1 + random.below(20);
  return Buffer.concat([
    bytes.subarray(0, from),
    ...Array.from({ length: times }, () => piece),
    bytes.subarray(from),
  ]);
};

const nested: Mutation = (bytes, random) => {
  const at = random.below(bytes.length);
  const levels = 1 + random.below(60);
  return Buffer.concat([
    bytes.subarray(0, at),
    Buffer.alloc(levels * 2, Buffer.of(0x30, 0x80)),
    bytes.subarray(at),
  ]);
};

const MUTATIONS: readonly Mutation[] = [...Object.values(DAMAGES), withLength, withTag, repeated, nested];

/** The bytes with one to four mutations, one upon the other. */
export const mutated = (bytes: Uint8Array, random: Random): Uint8Array => {
  let result = bytes;
  for (let left = 1 + random.below(4); left > 0; left -= 1) {
    const mutation = MUTATIONS[random.below(MUTATIONS.length)];
    result = mutation === undefined || result.length === 0 ? result : mutation(result, random);
  }
  return result;
};
