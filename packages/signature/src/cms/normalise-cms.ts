/**
 * BER to DER, once, on intake. Tokens and `openssl -stream` write lengths that are not known beforehand; everything behind the
 * intake is strict. Where DER sorts a SET OF it is sorted; a certificate or timestamp that is DER already stays as it is, and
 * the signed attributes come out as the DER their signature was made over (RFC 5652 §5.4).
 */
import { MalformedError } from '../malformed-error.ts';
import { derOf, isDer } from '../der/ber-to-der.ts';
import { readBer, type BerNode } from '../der/read-ber.ts';
import { sameBytes } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derOid, derSequence, derSetOf, derValue } from '../der/write-der.ts';
import { OID } from '../oids.ts';

const LIMITS = { maxBytes: 1 << 20, maxDepth: 32 };
const DATA = derOid(OID.data);
const SIGNED_DATA = derOid(OID.signedData);

type Writer = (node: BerNode) => Uint8Array;

const membersOf = (node: BerNode | undefined, tag: number): readonly BerNode[] => {
  if (node?.tag !== tag || node.children === null) throw new MalformedError('not_signed_data');
  return node.children;
};

const setOf = ({ tag, children }: BerNode, member: Writer): Uint8Array =>
  derSetOf((children ?? []).map(member), tag);

const asItIs: Writer = (node) => (isDer(node.raw, LIMITS.maxDepth) ? Uint8Array.from(node.raw) : derOf(node));

const attributeWith =
  (value: Writer): Writer =>
  (node) =>
    derValue(
      node.tag,
      ...(node.children ?? []).map((part) => (part.tag === TAG.set ? setOf(part, value) : derOf(part))),
    );

const signerInfo: Writer = (node) => {
  const parts = membersOf(node, TAG.sequence).map((part) => {
    if (part.tag === TAG.context0Constructed) return setOf(part, attributeWith(derOf));
    return part.tag === TAG.context1Constructed ? setOf(part, attributeWith(asItIs)) : derOf(part);
  });
  return derValue(TAG.sequence, ...parts);
};

// The report is kept apart from its signatures: a copy inside is left out, the digest in the signed attributes vouches for it.
const encapsulated: Writer = (node) => {
  const [type, ...content] = membersOf(node, TAG.sequence).map(derOf);
  if (type === undefined) throw new MalformedError('not_signed_data');
  return sameBytes(type, DATA) ? derSequence(type) : derSequence(type, ...content);
};

const signedData: Writer = (node) => {
  const parts = membersOf(node, TAG.sequence);
  const written = parts.map((part, index) => {
    if (index === 2) return encapsulated(part);
    if (part.tag === TAG.set) return setOf(part, index === parts.length - 1 ? signerInfo : derOf);
    const isSetOfIssued = part.tag === TAG.context0Constructed || part.tag === TAG.context1Constructed;
    return isSetOfIssued ? setOf(part, asItIs) : derOf(part);
  });
  return derValue(TAG.sequence, ...written);
};

/**
 * The same SignedData in DER, detached: data carried inside (`openssl -stream` always does) is left out, a timestamp keeps what
 * it holds. Detached DER comes back unchanged. At most 1 MiB and 32 levels; throws MalformedError. Nothing is verified, and what
 * this cannot make strict is refused by whoever reads it next.
 */
export const normaliseCms = (cms: Uint8Array): Uint8Array => {
  const [type, wrapped, ...more] = membersOf(readBer(cms, LIMITS), TAG.sequence);
  if (type === undefined || !sameBytes(derOf(type), SIGNED_DATA) || more.length > 0)
    throw new MalformedError('not_signed_data');
  const [content, ...others] = membersOf(wrapped, TAG.context0Constructed);
  if (content === undefined || others.length > 0) throw new MalformedError('not_signed_data');
  const der = derValue(TAG.sequence, SIGNED_DATA, derValue(TAG.context0Constructed, signedData(content)));
  return sameBytes(der, cms) ? cms : der;
};
