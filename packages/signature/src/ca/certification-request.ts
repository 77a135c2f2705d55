/** PKCS#10 (RFC 2986): what a token's holder sends to get a certificate for the key that is on the token. */
import {
  certificateAlgorithm,
  defaultAlgorithm,
  keyHolderOf,
  type AlgorithmProblem,
} from '../algorithms/registry.ts';
import { subjectOf, type Subject } from '../certificate/subject.ts';
import { childrenOf, rawOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor, oidOf, smallIntegerOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { MalformedError } from '../malformed-error.ts';
import { readSigned } from './read-signed.ts';

/** A request that was read strictly; nothing in it has been verified yet, and its subject is only a wish. */
export interface CertificationRequest {
  readonly der: Uint8Array;
  readonly subject: Subject;
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  /** What the requester's key signed, DER. */
  readonly toBeSigned: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  readonly signature: Uint8Array;
}

const LIMITS = { maxBytes: 65536, maxDepth: 16 };
const MAX_ATTRIBUTES = 16;

// Passwords for challenges and wished-for extensions are read over: the profile decides what a certificate holds.
const checkAttributes = (node: DerNode): void => {
  const attributes = childrenOf(node);
  if (attributes.length > MAX_ATTRIBUTES) throw new MalformedError('request_attributes_too_many');
  for (const attribute of attributes) {
    const cursor = new DerCursor(attribute, TAG.sequence, 'request_attribute');
    oidOf(cursor.take());
    cursor.take(TAG.set);
    cursor.finish();
  }
};

/** Reads a request of at most 64 KiB from DER that it fills exactly; throws MalformedError. Keeps a private copy. */
export const readCertificationRequest = (der: Uint8Array): CertificationRequest => {
  const own = Uint8Array.from(der);
  const { body, ...signed } = readSigned(readDer(own, LIMITS), 'request');
  const info = new DerCursor(body, TAG.sequence, 'request_info');
  if (smallIntegerOf(info.take()) !== 0) throw new MalformedError('request_version');
  const subject = subjectOf(info.take(TAG.sequence));
  const publicKey = rawOf(info.take(TAG.sequence));
  checkAttributes(info.take(TAG.context0Constructed));
  info.finish();
  return { der: own, subject, publicKey, ...signed };
};

export type RequestProblem = 'key_unreadable' | 'unsupported_key' | AlgorithmProblem | 'signature_wrong';
export type RequestVerdict = { readonly ok: true } | { readonly ok: false; readonly reason: RequestProblem };

const problemOf = async (request: CertificationRequest): Promise<RequestProblem | null> => {
  const key = keyHolderOf(request.publicKey);
  try {
    if (defaultAlgorithm(key) === undefined) return 'unsupported_key';
    const found = certificateAlgorithm(request.signatureAlgorithm, key);
    if (!found.ok) return found.reason;
    return (await found.algorithm.verify(key, request.toBeSigned, request.signature))
      ? null
      : 'signature_wrong';
  } catch (error) {
    if (error instanceof MalformedError) return 'key_unreadable';
    throw error;
  }
};

/** Proof of possession: the request must be signed by the very key it asks a certificate for, and the key be strong enough. */
export const verifyCertificationRequest = async (request: CertificationRequest): Promise<RequestVerdict> => {
  const reason = await problemOf(request);
  return reason === null ? { ok: true } : { ok: false, reason };
};
