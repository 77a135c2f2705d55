/** Reading an OCSP response (RFC 6960 §4.2); nothing is verified here. */
import { createHash } from 'node:crypto';
import { readSignedWith, type SignedValue } from '../ca/read-signed.ts';
import { fractionalInstantOf } from '../der/generalized-time.ts';
import { bodyOf, rawOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor, oidOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { MalformedError } from '../malformed-error.ts';
import { OID } from '../oids.ts';
import { readCertId } from './ocsp-cert-id.ts';
import { readNonce } from './ocsp-extensions.ts';
import {
  OCSP_REFUSALS,
  type OcspAnswer,
  type OcspRefusal,
  type OcspStatus,
} from './prepare-ocsp-response.ts';
import { reasonOf } from './revocation-reason.ts';

/** Who says to have answered: a name, or SHA-1 of a key. */
export type ResponderId = { readonly nameRaw: Uint8Array } | { readonly keyHash: Uint8Array };

/** A response that answers, read strictly; nothing in it has been verified yet. */
export interface OcspAnswers extends Omit<SignedValue, 'body'> {
  readonly refusal: null;
  readonly der: Uint8Array;
  /** SHA-256 of `der`, lower-case hex. */
  readonly sha256: string;
  readonly responder: ResponderId;
  readonly producedAt: Temporal.Instant;
  readonly answers: readonly OcspAnswer[];
  readonly nonce: Uint8Array | undefined;
  /** Certificates carried along, DER. */
  readonly certificates: readonly Uint8Array[];
}

/** A response that refuses to answer. */
export interface OcspRefused {
  readonly refusal: OcspRefusal;
  readonly der: Uint8Array;
}

export type OcspResponse = OcspAnswers | OcspRefused;

const LIMITS = { maxBytes: 65536, maxDepth: 16 };
const MAX_ANSWERS = 32;
const MAX_CERTIFICATES = 8;
const GOOD = 0x80;
const UNKNOWN = 0x82;

const explicitly = <Value>(node: DerNode, read: (inner: DerNode) => Value): Value => {
  const cursor = new DerCursor(node, node.tag, 'ocsp_tagged');
  const value = read(cursor.take());
  cursor.finish();
  return value;
};

const readStatus = (node: DerNode): OcspStatus => {
  if (node.tag === GOOD && bodyOf(node).length === 0) return 'good';
  if (node.tag === UNKNOWN && bodyOf(node).length === 0) return 'unknown';
  const cursor = new DerCursor(node, TAG.context1Constructed, 'ocsp_revoked');
  const revokedAt = fractionalInstantOf(cursor.take());
  const reason = cursor.takeIf(TAG.context0Constructed);
  cursor.finish();
  return { revokedAt, reason: reason === undefined ? 'unspecified' : explicitly(reason, reasonOf) };
};

const readAnswer = (node: DerNode): OcspAnswer => {
  const cursor = new DerCursor(node, TAG.sequence, 'ocsp_answer');
  const certId = readCertId(cursor.take());
  const status = readStatus(cursor.take());
  const thisUpdate = fractionalInstantOf(cursor.take());
  const nextUpdate = cursor.takeIf(TAG.context0Constructed);
  readNonce(cursor.takeIf(TAG.context1Constructed));
  cursor.finish();
  return {
    certId,
    status,
    thisUpdate,
    nextUpdate: nextUpdate && explicitly(nextUpdate, fractionalInstantOf),
  };
};

const octetsOf = (node: DerNode): Uint8Array => {
  if (node.tag !== TAG.octetString) throw new MalformedError('ocsp_key_hash');
  return bodyOf(node);
};

const readResponder = (cursor: DerCursor): ResponderId => {
  const name = cursor.takeIf(TAG.context1Constructed);
  if (name !== undefined) return { nameRaw: explicitly(name, rawOf) };
  return { keyHash: explicitly(cursor.take(TAG.context2Constructed), octetsOf) };
};

const upTo = (node: DerNode, most: number, name: string): readonly DerNode[] => {
  const nodes = new DerCursor(node, TAG.sequence, name).rest();
  if (nodes.length > most) throw new MalformedError(`${name}_too_many`);
  return nodes;
};

const readBasic = (der: Uint8Array) => {
  const { body, more, ...signed } = readSignedWith(readDer(der, LIMITS), 'ocsp', TAG.context0Constructed);
  const cursor = new DerCursor(body, TAG.sequence, 'ocsp_body');
  const responder = readResponder(cursor);
  const producedAt = fractionalInstantOf(cursor.take());
  const answers = upTo(cursor.take(TAG.sequence), MAX_ANSWERS, 'ocsp_answers').map(readAnswer);
  const nonce = readNonce(cursor.takeIf(TAG.context1Constructed));
  cursor.finish();
  const carried = more && explicitly(more, (list) => upTo(list, MAX_CERTIFICATES, 'ocsp_certificates'));
  return { ...signed, responder, producedAt, answers, nonce, certificates: (carried ?? []).map(rawOf) };
};

const isRefusal = (name: string): name is OcspRefusal => Object.hasOwn(OCSP_REFUSALS, name);

const refusalOf = (status: number | undefined): OcspRefusal => {
  const name = Object.entries(OCSP_REFUSALS).find(([, code]) => code === status)?.[0] ?? '';
  if (!isRefusal(name)) throw new MalformedError('ocsp_status');
  return name;
};

const readBytes = (node: DerNode): Uint8Array => {
  const cursor = new DerCursor(node, TAG.sequence, 'ocsp_bytes');
  if (oidOf(cursor.take()) !== OID.ocspBasic) throw new MalformedError('ocsp_kind');
  const octets = cursor.take(TAG.octetString);
  cursor.finish();
  return bodyOf(octets);
};

/** Reads a response of at most 64 KiB from DER that it fills exactly; throws MalformedError. Keeps a private copy. */
export const readOcspResponse = (der: Uint8Array): OcspResponse => {
  const own = Uint8Array.from(der);
  const outer = new DerCursor(readDer(own, LIMITS), TAG.sequence, 'ocsp_response');
  const [status, ...others] = bodyOf(outer.take(TAG.enumerated));
  if (others.length > 0) throw new MalformedError('ocsp_status');
  const bytes = outer.takeIf(TAG.context0Constructed);
  outer.finish();
  if (bytes === undefined) return { refusal: refusalOf(status), der: own };
  if (status !== 0) throw new MalformedError('ocsp_status');
  const sha256 = createHash('sha256').update(own).digest('hex');
  return { refusal: null, der: own, sha256, ...readBasic(explicitly(bytes, readBytes)) };
};
