/** Reading a CMS SignedData (RFC 5652 §5) into windows on its bytes; nothing is verified here. */
import { MalformedError } from '../malformed-error.ts';
import { bodyOf, childrenOf, rawOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor, expectSorted, integerBytesOf, oidOf, smallIntegerOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { OID } from '../oids.ts';
import { readSignedAttributes, type SignedAttributes } from './signed-attributes.ts';
import { readUnsignedAttributes, type UnsignedAttributes } from './unsigned-attributes.ts';

export interface SignerInfo {
  /** The whole SignerInfo, DER: carried over untouched when a signer is added. */
  readonly raw: Uint8Array;
  readonly issuerRaw: Uint8Array;
  readonly serialRaw: Uint8Array;
  /** AlgorithmIdentifiers as they stand, DER: the registry knows what they mean. */
  readonly digestAlgorithm: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  readonly attributes: SignedAttributes;
  /** The attributes as the SET that was signed. */
  readonly toBeSigned: Uint8Array;
  readonly signature: Uint8Array;
  readonly unsigned: UnsignedAttributes;
}

export interface SignedData {
  readonly digestAlgorithms: readonly Uint8Array[];
  /** The content itself when it is carried inside; undefined when detached. */
  readonly content: Uint8Array | undefined;
  readonly certificates: readonly Uint8Array[];
  readonly signerInfos: readonly SignerInfo[];
}

/** What a SignedData must hold; by default detached data, as the signatures over reports do. */
export interface SignedDataKind {
  /** Object identifier of the content's type. */
  readonly contentType?: string;
  readonly detached?: boolean;
}

const LIMITS = { maxBytes: 131_072, maxDepth: 32 };
const MAX_SIGNERS = 8;
const MAX_CERTIFICATES = 16;

const algorithmIdentifier = (node: DerNode, name: string): Uint8Array => {
  if (node.tag !== TAG.sequence) throw new MalformedError(`${name}_wrong_tag`);
  return rawOf(node);
};

/** The object identifier an AlgorithmIdentifier (DER) begins with; throws MalformedError. */
export const algorithmOid = (identifier: Uint8Array): string =>
  oidOf(new DerCursor(readDer(identifier), TAG.sequence, 'algorithm').take());

const readSignerInfo = (node: DerNode, contentType: string): SignerInfo => {
  const info = new DerCursor(node, TAG.sequence, 'signer_info');
  if (smallIntegerOf(info.take()) !== 1) throw new MalformedError('signer_info_version');
  const id = new DerCursor(info.take(), TAG.sequence, 'signer_id');
  const issuer = id.take(TAG.sequence);
  const serial = integerBytesOf(id.take());
  id.finish();
  const digestAlgorithm = algorithmIdentifier(info.take(), 'digest_algorithm');
  const attributes = info.take(TAG.context0Constructed);
  const signatureAlgorithm = algorithmIdentifier(info.take(), 'signature_algorithm');
  const signature = bodyOf(info.take(TAG.octetString));
  const unsigned = info.takeIf(TAG.context1Constructed);
  info.finish();
  const toBeSigned = Uint8Array.from(rawOf(attributes));
  toBeSigned[0] = TAG.set;
  return {
    raw: rawOf(node),
    issuerRaw: rawOf(issuer),
    serialRaw: serial,
    digestAlgorithm,
    signatureAlgorithm,
    attributes: readSignedAttributes(attributes, contentType),
    toBeSigned,
    signature,
    unsigned: readUnsignedAttributes(unsigned),
  };
};

const childrenUpTo = (node: DerNode, most: number, name: string): DerNode[] => {
  const children = childrenOf(node);
  if (children.length > most) throw new MalformedError(`${name}_too_many`);
  return children;
};

const readEncapsulated = (node: DerNode, contentType: string, detached: boolean): Uint8Array | undefined => {
  const content = new DerCursor(node, TAG.sequence, 'content_info');
  if (oidOf(content.take()) !== contentType) throw new MalformedError('content_type');
  const wrapped = content.takeIf(TAG.context0Constructed);
  content.finish();
  if ((wrapped === undefined) !== detached)
    throw new MalformedError(detached ? 'not_detached' : 'no_content');
  if (wrapped === undefined) return undefined;
  const inside = new DerCursor(wrapped, TAG.context0Constructed, 'content');
  const octets = bodyOf(inside.take(TAG.octetString));
  inside.finish();
  return octets;
};

/**
 * Reads a SignedData of at most 128 KiB, 8 signers and 16 certificates; throws MalformedError. For detached data its SETs must
 * stand in DER's order; foreign authorities write their timestamps as they please, so there the order is not looked at.
 */
export const readSignedData = (cms: Uint8Array, kind: SignedDataKind = {}): SignedData => {
  const { contentType = OID.data, detached = true } = kind;
  const isData = contentType === OID.data;
  const outer = new DerCursor(readDer(cms, LIMITS), TAG.sequence, 'cms');
  if (oidOf(outer.take()) !== OID.signedData) throw new MalformedError('not_signed_data');
  const wrapped = new DerCursor(outer.take(), TAG.context0Constructed, 'cms_content');
  outer.finish();
  const data = new DerCursor(wrapped.take(), TAG.sequence, 'signed_data');
  wrapped.finish();
  // RFC 5652 §5.1: version 1 is for data, 3 for content of any other type.
  if (smallIntegerOf(data.take()) !== (isData ? 1 : 3)) throw new MalformedError('signed_data_version');
  const digests = childrenUpTo(data.take(TAG.set), MAX_SIGNERS, 'digest_algorithms');
  const content = readEncapsulated(data.take(), contentType, detached);
  const certificateSet = data.takeIf(TAG.context0Constructed);
  const certificates = certificateSet ? childrenUpTo(certificateSet, MAX_CERTIFICATES, 'certificates') : [];
  const signerInfos = childrenUpTo(data.take(TAG.set), MAX_SIGNERS, 'signer_infos');
  data.finish();
  if (signerInfos.length === 0) throw new MalformedError('no_signers');
  if (isData) for (const set of [digests, certificates, signerInfos]) expectSorted(set, 'signed_data');
  return {
    digestAlgorithms: digests.map((digest) => algorithmIdentifier(digest, 'digest_algorithm')),
    content,
    certificates: certificates.map(rawOf),
    signerInfos: signerInfos.map((info) => readSignerInfo(info, contentType)),
  };
};
