import { MalformedError } from '../malformed-error.ts';
import { bodyOf, childrenOf, rawOf, type DerNode } from './read-der.ts';
import { TAG } from './tags.ts';

/** Takes the values of a SEQUENCE or SET one after another; every miss throws MalformedError with `<name>_<problem>`. */
export class DerCursor {
  private readonly nodes: readonly DerNode[];
  private readonly name: string;
  private index = 0;

  constructor(node: DerNode, tag: number, name: string) {
    if (node.tag !== tag) throw new MalformedError(`${name}_wrong_tag`);
    this.nodes = childrenOf(node);
    this.name = name;
  }

  /** The next value, which must carry `tag` when one is given. */
  take(tag?: number): DerNode {
    const node = this.nodes[this.index];
    if (node === undefined) throw new MalformedError(`${this.name}_too_short`);
    if (tag !== undefined && node.tag !== tag) throw new MalformedError(`${this.name}_unexpected_tag`);
    this.index += 1;
    return node;
  }

  /** The next value if it carries `tag`. */
  takeIf(tag: number): DerNode | undefined {
    return this.nodes[this.index]?.tag === tag ? this.take() : undefined;
  }

  /** All that is left. */
  rest(): readonly DerNode[] {
    const rest = this.nodes.slice(this.index);
    this.index = this.nodes.length;
    return rest;
  }

  /** Says that nothing may be left. */
  finish(): void {
    if (this.index !== this.nodes.length) throw new MalformedError(`${this.name}_too_long`);
  }
}

/** True when both hold the same bytes. */
export const sameBytes = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

const firstArcs = (arc: number): string => {
  const first = Math.min(2, Math.trunc(arc / 40));
  return `${first}.${arc - 40 * first}`;
};

/** Dotted text of an OBJECT IDENTIFIER; throws MalformedError when not minimal. */
export const oidOf = (node: DerNode): string => {
  if (node.tag !== TAG.oid) throw new MalformedError('oid_wrong_tag');
  const body = bodyOf(node);
  const last = body.at(-1);
  if (last === undefined || last >= 0x80 || body.length > 32) throw new MalformedError('oid_malformed');
  let text = '';
  let arc = 0;
  let atStart = true;
  for (const byte of body) {
    if (atStart && byte === 0x80) throw new MalformedError('oid_not_minimal');
    arc = arc * 128 + (byte & 0x7f);
    if (arc > Number.MAX_SAFE_INTEGER / 128) throw new MalformedError('oid_too_long');
    atStart = byte < 0x80;
    if (!atStart) continue;
    text += text === '' ? firstArcs(arc) : `.${arc}`;
    arc = 0;
  }
  return text;
};

/** Contents of an INTEGER, sign and minimality checked; throws MalformedError. */
export const integerBytesOf = (node: DerNode): Uint8Array => {
  if (node.tag !== TAG.integer) throw new MalformedError('integer_wrong_tag');
  const body = bodyOf(node);
  const [first, second] = body;
  if (first === undefined) throw new MalformedError('integer_empty');
  const isPadded =
    second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80));
  if (isPadded) throw new MalformedError('integer_not_minimal');
  return body;
};

/** A small non-negative INTEGER (below 2^31); throws MalformedError. */
export const smallIntegerOf = (node: DerNode): number => {
  const body = integerBytesOf(node);
  if (body.length > 4 || (body[0] ?? 0) >= 0x80) throw new MalformedError('integer_out_of_range');
  return body.reduce((value, byte) => value * 256 + byte, 0);
};

/** A BOOLEAN, which DER writes as 00 or FF only; throws MalformedError. */
export const booleanOf = (node: DerNode): boolean => {
  const body = bodyOf(node);
  if (node.tag !== TAG.boolean || body.length !== 1) throw new MalformedError('boolean_malformed');
  if (body[0] !== 0 && body[0] !== 0xff) throw new MalformedError('boolean_not_der');
  return body[0] === 0xff;
};

/** The bytes of a BIT STRING of whole bytes; throws MalformedError when bits are left over. */
export const wholeBitStringOf = (node: DerNode): Uint8Array => {
  const body = bodyOf(node);
  if (node.tag !== TAG.bitString || body[0] !== 0) throw new MalformedError('bit_string_malformed');
  return body.subarray(1);
};

const CONSTRUCTED = 0x20;
const STRING_TAGS: readonly number[] = [TAG.utf8String, TAG.printableString, TAG.ia5String];
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text of a UTF8String, PrintableString or IA5String; undefined for other kinds, throws MalformedError for bad UTF-8. */
export const textOf = (node: DerNode): string | undefined => {
  if (!STRING_TAGS.includes(node.tag)) return undefined;
  try {
    return utf8.decode(bodyOf(node));
  } catch {
    throw new MalformedError('text_not_utf8');
  }
};

// What tools print as it stands: every kind of string with one byte or UTF-8 to a character, and times.
const PRINTED_TAGS: readonly number[] = [
  ...STRING_TAGS,
  TAG.numericString,
  TAG.t61String,
  TAG.visibleString,
  TAG.utcTime,
  TAG.generalizedTime,
];

/** True when a text in the value or within it has a character below U+0020 or U+007F: printed, it could pass for other lines. */
export const hasControls = (node: DerNode): boolean =>
  (node.tag & CONSTRUCTED) === 0
    ? PRINTED_TAGS.includes(node.tag) && bodyOf(node).some((byte) => byte < 0x20 || byte === 0x7f)
    : childrenOf(node).some(hasControls);

/** Says that the members of a SET OF stand in DER's order (X.690 §11.6); throws MalformedError. */
export const expectSorted = (nodes: readonly DerNode[], name: string): void => {
  for (const [index, node] of nodes.entries()) {
    const previous = nodes[index - 1];
    if (previous !== undefined && Buffer.compare(rawOf(previous), rawOf(node)) > 0)
      throw new MalformedError(`${name}_not_sorted`);
  }
};
