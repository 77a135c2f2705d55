/**
 * What a certificate, a revocation list and an OCSP answer have in common (X.509's SIGNED): a body, the identifier of an
 * algorithm and a signature over the body. The key stays with its keeper, who signs `toBeSigned` with `algorithm`.
 */
import { defaultAlgorithm } from '../algorithms/registry.ts';
import type { KeyHolder, SignatureAlgorithm } from '../algorithms/signature-algorithm.ts';
import { derBitString } from '../der/write-values.ts';
import { derSequence } from '../der/write-der.ts';
import { IssuingError } from './issuing-error.ts';

/** A body ready for the key. */
export interface ToSign {
  /** The bytes the key must sign, hashing included. */
  readonly toBeSigned: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
}

/** The registry's algorithm of a key; throws IssuingError `unsupported_key`. */
export const issuingAlgorithm = (key: KeyHolder): SignatureAlgorithm => {
  const algorithm = defaultAlgorithm(key);
  if (algorithm === undefined) throw new IssuingError('unsupported_key');
  return algorithm;
};

/** Body, algorithm and signature (ECDSA in DER form) as one SEQUENCE; `more` follows them. */
export const assembleSigned = (
  { toBeSigned, algorithm }: ToSign,
  signature: Uint8Array,
  ...more: readonly Uint8Array[]
): Uint8Array => derSequence(toBeSigned, algorithm.certificateIdentifier, derBitString(signature), ...more);
