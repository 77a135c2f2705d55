/**
 * A reader of BER (X.690 §8), for intake only: what others send may have indefinite or wasteful lengths and strings in pieces.
 * It is as bounded as the strict reader: size, depth, and at least two bytes for every node.
 */
import { MalformedError } from '../malformed-error.ts';
import type { DerLimits } from './read-der.ts';

export interface BerNode {
  readonly tag: number;
  /** The node's bytes, with tag, length and end mark. */
  readonly raw: Uint8Array;
  /** Contents of a primitive node; empty when it is constructed. */
  readonly body: Uint8Array;
  /** Null when the node is primitive. */
  readonly children: readonly BerNode[] | null;
}

const CONSTRUCTED = 0x20;
const MAX_NODES = 16_384;
const NOTHING = new Uint8Array();

interface Head {
  readonly tag: number;
  readonly bodyStart: number;
  /** Undefined: ends at the next end mark. */
  readonly length: number | undefined;
}

/** One pass over one input: `offset` is where the next node begins. */
class BerReader {
  private readonly bytes: Uint8Array;
  private offset = 0;
  private nodesLeft = MAX_NODES;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  private byte(): number {
    const value = this.bytes[this.offset];
    if (value === undefined) throw new MalformedError('ber_truncated');
    this.offset += 1;
    return value;
  }

  private head(): Head {
    const tag = this.byte();
    if ((tag & 0x1f) === 0x1f) throw new MalformedError('ber_high_tag');
    const first = this.byte();
    if (first < 0x80) return { tag, bodyStart: this.offset, length: first };
    if (first === 0x80) return { tag, bodyStart: this.offset, length: undefined };
    let length = 0;
    for (let left = first & 0x7f; left > 0; left -= 1) {
      length = length * 256 + this.byte();
      if (length > this.bytes.length) throw new MalformedError('ber_truncated');
    }
    return { tag, bodyStart: this.offset, length };
  }

  private childrenUntil(end: number, depthLeft: number): BerNode[] {
    const children: BerNode[] = [];
    while (this.offset < end) children.push(this.node(end, depthLeft));
    return children;
  }

  private childrenUntilMark(limit: number, depthLeft: number): BerNode[] {
    const children: BerNode[] = [];
    while (this.bytes[this.offset] !== 0 || this.bytes[this.offset + 1] !== 0)
      children.push(this.node(limit, depthLeft));
    this.offset += 2;
    if (this.offset > limit) throw new MalformedError('ber_truncated');
    return children;
  }

  /** Reads one node that ends at `limit` or before. */
  node(limit: number, depthLeft: number): BerNode {
    if (depthLeft === 0) throw new MalformedError('ber_too_deep');
    if ((this.nodesLeft -= 1) < 0) throw new MalformedError('ber_too_many');
    const start = this.offset;
    const { tag, bodyStart, length } = this.head();
    if (tag === 0) throw new MalformedError('ber_stray_end_mark');
    const end = length === undefined ? limit : bodyStart + length;
    if (end > limit || bodyStart > limit) throw new MalformedError('ber_truncated');
    if ((tag & CONSTRUCTED) === 0) {
      if (length === undefined) throw new MalformedError('ber_indefinite_primitive');
      this.offset = end;
      return {
        tag,
        raw: this.bytes.subarray(start, end),
        body: this.bytes.subarray(bodyStart, end),
        children: null,
      };
    }
    const children =
      length === undefined
        ? this.childrenUntilMark(limit, depthLeft - 1)
        : this.childrenUntil(end, depthLeft - 1);
    return { tag, raw: this.bytes.subarray(start, this.offset), body: NOTHING, children };
  }

  get position(): number {
    return this.offset;
  }
}

/** Reads one BER value that fills `bytes` exactly; throws MalformedError. */
export const readBer = (bytes: Uint8Array, { maxBytes, maxDepth }: DerLimits): BerNode => {
  if (bytes.length > maxBytes) throw new MalformedError('ber_too_long');
  const reader = new BerReader(bytes);
  const node = reader.node(bytes.length, maxDepth);
  if (reader.position !== bytes.length) throw new MalformedError('ber_trailing_bytes');
  return node;
};
