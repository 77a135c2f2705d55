import { MalformedError } from '../malformed-error.ts';
import { childrenOf, rawOf, type DerNode } from '../der/read-der.ts';
import { OID } from '../oids.ts';
import { readAttribute } from './attribute.ts';

/** What stands beside a signature without being signed by it. */
export interface UnsignedAttributes {
  /** Timestamp tokens over the signature (CAdES-T), DER, in their order. */
  readonly timestampTokens: readonly Uint8Array[];
  /** Object identifiers of what else is there: bytes nothing vouches for. */
  readonly unknown: readonly string[];
}

const NONE: UnsignedAttributes = { timestampTokens: [], unknown: [] };
const MAX_TIMESTAMPS = 4;

/** Reads the attributes under [1] (absent: undefined), timestamps at most four; throws MalformedError. */
export const readUnsignedAttributes = (node: DerNode | undefined): UnsignedAttributes => {
  if (node === undefined) return NONE;
  const attributes = childrenOf(node).map(readAttribute);
  if (attributes.length === 0) throw new MalformedError('unsigned_attributes_empty');
  const tokens = attributes
    .filter(([oid]) => oid === OID.signatureTimeStampToken)
    .map(([, value]) => rawOf(value));
  if (tokens.length > MAX_TIMESTAMPS) throw new MalformedError('timestamps_too_many');
  const unknown = attributes.filter(([oid]) => oid !== OID.signatureTimeStampToken).map(([oid]) => oid);
  return { timestampTokens: tokens, unknown };
};
