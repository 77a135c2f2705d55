/**
 * A strict DER reader (X.690 §10-11) that copies nothing: a node is a window on the bytes it was read from. It refuses
 * what BER allows and DER does not: indefinite and non-minimal lengths, high tag numbers written short, trailing bytes.
 */
import { MalformedError } from '../malformed-error.ts';
import { TAG } from './tags.ts';

export interface DerNode {
  readonly bytes: Uint8Array;
  readonly tag: number;
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
}

export interface DerLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

const DEFAULT_LIMITS: DerLimits = { maxBytes: 1 << 20, maxDepth: 24 };
const CONSTRUCTED = 0x20;

const byteAt = (bytes: Uint8Array, offset: number, limit: number): number => {
  const value = offset < limit ? bytes[offset] : undefined;
  if (value === undefined) throw new MalformedError('der_truncated');
  return value;
};

const longLength = (bytes: Uint8Array, offset: number, count: number, limit: number): number => {
  if (count === 0) throw new MalformedError('der_indefinite_length');
  if (count > 4) throw new MalformedError('der_too_long');
  let length = 0;
  for (let index = 0; index < count; index += 1) length = length * 256 + byteAt(bytes, offset + index, limit);
  if (length < 0x80 || bytes[offset] === 0) throw new MalformedError('der_length_not_minimal');
  return length;
};

const tagAt = (bytes: Uint8Array, start: number, limit: number): number => {
  const tag = byteAt(bytes, start, limit);
  if ((tag & 0x1f) === 0x1f) throw new MalformedError('der_high_tag');
  return tag;
};

const bodyStartOf = (bytes: Uint8Array, start: number, limit: number): number => {
  const first = byteAt(bytes, start + 1, limit);
  return start + 2 + (first < 0x80 ? 0 : first & 0x7f);
};

const endOf = (bytes: Uint8Array, start: number, bodyStart: number, limit: number): number => {
  const extra = bodyStart - start - 2;
  const first = byteAt(bytes, start + 1, limit);
  const length = first < 0x80 ? first : longLength(bytes, start + 2, extra, limit);
  if (length > limit - bodyStart) throw new MalformedError('der_truncated');
  return bodyStart + length;
};

const nodeAt = (bytes: Uint8Array, start: number, limit: number): DerNode => {
  const tag = tagAt(bytes, start, limit);
  const bodyStart = bodyStartOf(bytes, start, limit);
  return { bytes, tag, start, bodyStart, end: endOf(bytes, start, bodyStart, limit) };
};

/** The nodes inside a constructed node, in order; throws MalformedError. */
export const childrenOf = (node: DerNode): DerNode[] => {
  const children: DerNode[] = [];
  for (let offset = node.bodyStart; offset < node.end;) {
    const child = nodeAt(node.bytes, offset, node.end);
    children.push(child);
    offset = child.end;
  }
  return children;
};

const isUniversalConstructed = (tag: number): boolean => tag === TAG.sequence || tag === TAG.set;

// Makes no nodes: this is the one pass over every byte, and most of them are never looked at again.
const checkTree = (bytes: Uint8Array, start: number, limit: number, depthLeft: number): number => {
  const tag = tagAt(bytes, start, limit);
  const bodyStart = bodyStartOf(bytes, start, limit);
  const end = endOf(bytes, start, bodyStart, limit);
  if (depthLeft === 0) throw new MalformedError('der_too_deep');
  const isConstructed = (tag & CONSTRUCTED) !== 0;
  const isUniversal = (tag & 0xc0) === 0;
  if (isUniversal && isConstructed !== isUniversalConstructed(tag | CONSTRUCTED))
    throw new MalformedError('der_wrong_form');
  if (isConstructed)
    for (let offset = bodyStart; offset < end;) offset = checkTree(bytes, offset, end, depthLeft - 1);
  return end;
};

/** Reads one DER value that fills `bytes` exactly, with every nested length checked; throws MalformedError. */
export const readDer = (bytes: Uint8Array, limits: DerLimits = DEFAULT_LIMITS): DerNode => {
  if (bytes.length > limits.maxBytes) throw new MalformedError('der_too_long');
  const node = nodeAt(bytes, 0, bytes.length);
  if (node.end !== bytes.length) throw new MalformedError('der_trailing_bytes');
  checkTree(bytes, 0, bytes.length, limits.maxDepth);
  return node;
};

/** The node's contents, without tag and length. */
export const bodyOf = (node: DerNode): Uint8Array => node.bytes.subarray(node.bodyStart, node.end);

/** The node's bytes, with tag and length. */
export const rawOf = (node: DerNode): Uint8Array => node.bytes.subarray(node.start, node.end);
