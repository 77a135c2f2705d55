/** Reading a detached CMS SignedData (RFC 5652 §5) into windows on its bytes; nothing is verified here. */
import { MalformedError } from '../malformed-error.ts';
import { bodyOf, childrenOf, rawOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor, expectNullOrAbsent, integerBytesOf, oidOf, smallIntegerOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { OID } from '../oids.ts';
import { readSignedAttributes, type SignedAttributes } from './signed-attributes.ts';

export interface SignerInfo {
  /** The whole SignerInfo, DER: carried over untouched when a signer is added. */
  readonly raw: Uint8Array;
  readonly issuerRaw: Uint8Array;
  readonly serialRaw: Uint8Array;
  readonly digestOid: string;
  readonly signatureOid: string;
  readonly attributes: SignedAttributes;
  /** The attributes as the SET that was signed. */
  readonly toBeSigned: Uint8Array;
  readonly signature: Uint8Array;
  readonly hasUnsignedAttributes: boolean;
}

export interface SignedData {
  readonly digestAlgorithms: readonly Uint8Array[];
  readonly digestOids: readonly string[];
  readonly certificates: readonly Uint8Array[];
  readonly signerInfos: readonly SignerInfo[];
}

const MAX_SIGNERS = 8;
const MAX_CERTIFICATES = 16;

const algorithmOid = (node: DerNode, name: string): string => {
  const cursor = new DerCursor(node, TAG.sequence, name);
  const oid = oidOf(cursor.take());
  expectNullOrAbsent(cursor.takeIf(TAG.null), name);
  cursor.finish();
  return oid;
};

const readSignerInfo = (node: DerNode): SignerInfo => {
  const info = new DerCursor(node, TAG.sequence, 'signer_info');
  if (smallIntegerOf(info.take()) !== 1) throw new MalformedError('signer_info_version');
  const id = new DerCursor(info.take(), TAG.sequence, 'signer_id');
  const issuer = id.take(TAG.sequence);
  const serial = integerBytesOf(id.take());
  id.finish();
  const digestOid = algorithmOid(info.take(), 'digest_algorithm');
  const attributes = info.take(TAG.context0Constructed);
  const signatureOid = algorithmOid(info.take(), 'signature_algorithm');
  const signature = bodyOf(info.take(TAG.octetString));
  const unsigned = info.takeIf(TAG.context1Constructed);
  info.finish();
  const toBeSigned = Uint8Array.from(rawOf(attributes));
  toBeSigned[0] = TAG.set;
  return {
    raw: rawOf(node),
    issuerRaw: rawOf(issuer),
    serialRaw: serial,
    digestOid,
    signatureOid,
    attributes: readSignedAttributes(attributes),
    toBeSigned,
    signature,
    hasUnsignedAttributes: unsigned !== undefined,
  };
};

const childrenUpTo = (node: DerNode, most: number, name: string): DerNode[] => {
  const children = childrenOf(node);
  if (children.length > most) throw new MalformedError(`${name}_too_many`);
  return children;
};

const readEncapsulated = (node: DerNode): void => {
  const content = new DerCursor(node, TAG.sequence, 'content_info');
  if (oidOf(content.take()) !== OID.data) throw new MalformedError('content_type');
  if (content.takeIf(TAG.context0Constructed) !== undefined) throw new MalformedError('not_detached');
  content.finish();
};

/** Reads a detached SignedData of at most 64 KiB, 8 signers and 16 certificates; throws MalformedError. */
export const readSignedData = (cms: Uint8Array): SignedData => {
  const outer = new DerCursor(readDer(cms, { maxBytes: 65536, maxDepth: 20 }), TAG.sequence, 'cms');
  if (oidOf(outer.take()) !== OID.signedData) throw new MalformedError('not_signed_data');
  const wrapped = new DerCursor(outer.take(), TAG.context0Constructed, 'cms_content');
  outer.finish();
  const data = new DerCursor(wrapped.take(), TAG.sequence, 'signed_data');
  wrapped.finish();
  if (smallIntegerOf(data.take()) !== 1) throw new MalformedError('signed_data_version');
  const digests = childrenUpTo(data.take(TAG.set), MAX_SIGNERS, 'digest_algorithms');
  readEncapsulated(data.take());
  const certificates = data.takeIf(TAG.context0Constructed);
  const signerInfos = childrenUpTo(data.take(TAG.set), MAX_SIGNERS, 'signer_infos');
  data.finish();
  if (signerInfos.length === 0) throw new MalformedError('no_signers');
  return {
    digestAlgorithms: digests.map(rawOf),
    digestOids: digests.map((digest) => algorithmOid(digest, 'digest_algorithm')),
    certificates: certificates ? childrenUpTo(certificates, MAX_CERTIFICATES, 'certificates').map(rawOf) : [],
    signerInfos: signerInfos.map(readSignerInfo),
  };
};
