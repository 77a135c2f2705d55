import type { Certificate } from '../certificate/certificate.ts';
import { childrenOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derSequence } from '../der/write-der.ts';
import { MalformedError } from '../malformed-error.ts';
import { ocspCertId, readCertId, type OcspCertId } from './ocsp-cert-id.ts';
import { readNonce, writeNonce } from './ocsp-extensions.ts';

/** What a responder is asked. A signature of the one who asks is read over: everybody gets the same answer. */
export interface OcspRequest {
  readonly certIds: readonly OcspCertId[];
  /** To be repeated in the answer. */
  readonly nonce: Uint8Array | undefined;
}

const LIMITS = { maxBytes: 16384, maxDepth: 12 };
const MAX_CERTIFICATES = 32;

/** A question about one certificate, which is named by SHA-256 unless told otherwise. */
export const writeOcspRequest = (input: {
  readonly certificate: Pick<Certificate, 'serialRaw'>;
  readonly issuer: Certificate;
  readonly nonce?: Uint8Array;
  readonly hash?: 'sha1' | 'sha256';
}): Uint8Array => {
  const question = derSequence(ocspCertId(input).raw);
  return derSequence(derSequence(derSequence(question), writeNonce(2, input.nonce)));
};

const readQuestion = (node: DerNode): OcspCertId => {
  const cursor = new DerCursor(node, TAG.sequence, 'ocsp_question');
  const certId = readCertId(cursor.take());
  readNonce(cursor.takeIf(TAG.context0Constructed));
  cursor.finish();
  return certId;
};

/** Reads a request of at most 16 KiB about at most 32 certificates; throws MalformedError. Keeps a private copy. */
export const readOcspRequest = (der: Uint8Array): OcspRequest => {
  const outer = new DerCursor(readDer(Uint8Array.from(der), LIMITS), TAG.sequence, 'ocsp_request');
  const body = new DerCursor(outer.take(), TAG.sequence, 'ocsp_request_body');
  outer.takeIf(TAG.context0Constructed);
  outer.finish();
  body.takeIf(TAG.context1Constructed);
  const questions = childrenOf(body.take(TAG.sequence));
  const nonce = readNonce(body.takeIf(TAG.context2Constructed));
  body.finish();
  if (questions.length === 0) throw new MalformedError('ocsp_request_empty');
  if (questions.length > MAX_CERTIFICATES) throw new MalformedError('ocsp_request_too_many');
  return { certIds: questions.map(readQuestion), nonce };
};
