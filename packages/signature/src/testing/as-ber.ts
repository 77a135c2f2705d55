/** Writes DER the ways BER allows: for tests of the intake. */
import { childrenOf, bodyOf, readDer, type DerNode } from '../der/read-der.ts';
import { TAG } from '../der/tags.ts';

const CONSTRUCTED = 0x20;
const END = Buffer.of(0, 0);

const padded = (length: number): Buffer =>
  Buffer.of(0x84, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff);

const inPieces = (body: Uint8Array, size: number): Buffer[] => {
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < body.length; offset += size) {
    const piece = body.subarray(offset, offset + size);
    pieces.push(Buffer.concat([Buffer.of(TAG.octetString), padded(piece.length), piece]));
  }
  return pieces;
};

const written = (node: DerNode, choose: () => number): Buffer => {
  const isInPieces = node.tag === TAG.octetString && choose() % 3 === 0;
  const isConstructed = (node.tag & CONSTRUCTED) !== 0 || isInPieces;
  const tag = isInPieces ? node.tag | CONSTRUCTED : node.tag;
  const parts = isInPieces
    ? inPieces(bodyOf(node), 1 + (choose() % 40))
    : isConstructed
      ? childrenOf(node).map((child) => written(child, choose))
      : [bodyOf(node)];
  const body = Buffer.concat(parts);
  const isIndefinite = isConstructed && choose() % 2 === 0;
  return isIndefinite
    ? Buffer.concat([Buffer.of(tag, 0x80), body, END])
    : Buffer.concat([Buffer.of(tag), padded(body.length), body]);
};

/** The same value in BER: `choose` gives numbers by which indefinite lengths and pieces are picked. */
export const asBer = (der: Uint8Array, choose: () => number): Uint8Array => written(readDer(der), choose);
