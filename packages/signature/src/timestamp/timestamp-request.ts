import { DIGESTS, digestForOid, type DigestName } from '../algorithms/digest-algorithm.ts';
import { readExtensionList } from '../certificate/extensions.ts';
import { readDer, type DerNode } from '../der/read-der.ts';
import { booleanOf, DerCursor, integerBytesOf, oidOf, smallIntegerOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derOid, derSequence, derSmallInteger, derValue } from '../der/write-der.ts';
import { DER_TRUE } from '../der/write-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { readImprint, writeImprint, type MessageImprint } from './message-imprint.ts';

/** A question to a timestamp authority (RFC 3161 §2.4.1). */
export interface TimestampRequest extends MessageImprint {
  /** Bytes of an INTEGER as they stand, to be repeated in the token; at most 64. */
  readonly nonce?: Uint8Array | undefined;
  /** Dotted OID of the policy that is wished for. */
  readonly policy?: string | undefined;
  /** Whether the token shall carry the authority's certificates. */
  readonly certificateRequested: boolean;
  /** Dotted OIDs of extensions; none is understood here, so a request that has any is refused. */
  readonly extensions?: readonly string[];
}

const NOTHING = new Uint8Array();
const VERSION = derSmallInteger(1);
const LIMITS = { maxBytes: 16384, maxDepth: 12 };
const MAX_NONCE = 64;

/** Asks for a stamp over `data`, with the certificates. */
export const timestampRequestOver = (input: {
  readonly data: Uint8Array;
  readonly nonce?: Uint8Array;
  readonly digest?: DigestName;
}): TimestampRequest => {
  const { oid, digest } = DIGESTS[input.digest ?? 'sha256'];
  return { digestOid: oid, digest: digest(input.data), nonce: input.nonce, certificateRequested: true };
};

/** Bytes as those of an INTEGER: what a sign does not need is dropped, so that any random bytes may be a nonce. */
export const asInteger = (bytes: Uint8Array): Uint8Array => {
  const isIdle = (first: number, second: number) =>
    (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
  let start = 0;
  while (start < bytes.length - 1 && isIdle(bytes[start] ?? 1, bytes[start + 1] ?? 0)) start += 1;
  return bytes.length === 0 ? Uint8Array.of(0) : bytes.subarray(start);
};

/** DER of the request; extensions are not written. */
export const writeTimestampRequest = (request: TimestampRequest): Uint8Array =>
  derSequence(
    VERSION,
    writeImprint(request),
    request.policy === undefined ? NOTHING : derOid(request.policy),
    request.nonce === undefined ? NOTHING : derValue(TAG.integer, asInteger(request.nonce)),
    request.certificateRequested ? DER_TRUE : NOTHING,
  );

/** The nonce's bytes as they stand (absent: undefined); throws MalformedError when it is too long. */
export const nonceOf = (node: DerNode | undefined): Uint8Array | undefined => {
  if (node === undefined) return undefined;
  const nonce = integerBytesOf(node);
  if (nonce.length > MAX_NONCE) throw new MalformedError('nonce_too_long');
  return nonce;
};

const extensionOids = (node: DerNode | undefined): readonly string[] =>
  node === undefined ? [] : readExtensionList({ ...node, tag: TAG.sequence }).map(({ oid }) => oid);

/** Reads a request of at most 16 KiB from DER that it fills exactly; throws MalformedError. Keeps a private copy. */
export const readTimestampRequest = (der: Uint8Array): TimestampRequest => {
  const cursor = new DerCursor(readDer(Uint8Array.from(der), LIMITS), TAG.sequence, 'timestamp_request');
  if (smallIntegerOf(cursor.take()) !== 1) throw new MalformedError('timestamp_request_version');
  const imprint = readImprint(cursor.take());
  const policy = cursor.takeIf(TAG.oid);
  const nonce = nonceOf(cursor.takeIf(TAG.integer));
  const certificateRequested = cursor.takeIf(TAG.boolean);
  const extensions = extensionOids(cursor.takeIf(TAG.context0Constructed));
  cursor.finish();
  if (certificateRequested !== undefined && !booleanOf(certificateRequested))
    throw new MalformedError('default_written');
  return {
    ...imprint,
    nonce,
    policy: policy && oidOf(policy),
    certificateRequested: certificateRequested !== undefined,
    extensions,
  };
};

/** Why an authority refuses (RFC 3161 §2.4.2), with the bit that says so. */
export const TIMESTAMP_FAILURES = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  addInfoNotAvailable: 17,
  systemFailure: 25,
} as const;
export type TimestampFailure = keyof typeof TIMESTAMP_FAILURES;

/** Why an authority with these policies cannot stamp what is asked; null when it can. Digests of SHA-2 are accepted. */
export const timestampRefusal = (
  request: TimestampRequest,
  policies: readonly string[],
): TimestampFailure | null => {
  const digest = digestForOid(request.digestOid);
  if (digest === undefined) return 'badAlg';
  if (digest.size !== request.digest.length) return 'badDataFormat';
  if ((request.extensions ?? []).length > 0) return 'unacceptedExtension';
  return request.policy === undefined || policies.includes(request.policy) ? null : 'unacceptedPolicy';
};
