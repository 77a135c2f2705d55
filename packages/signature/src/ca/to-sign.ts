/**
 * What a certificate, a revocation list and an OCSP answer have in common (X.509's SIGNED): a body, the identifier of an
 * algorithm and a signature over the body. The key stays with its keeper, who signs `toBeSigned` with `algorithm`.
 */
import type { KeyObject } from 'node:crypto';
import { algorithmForKey, type SignatureAlgorithm } from '../algorithms.ts';
import { derBitString } from '../der/write-values.ts';
import { DER_NULL, derOid, derSequence } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { IssuingError } from './issuing-error.ts';

/** A body ready for the key. */
export interface ToSign {
  /** The bytes the key must sign, hashing included. */
  readonly toBeSigned: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
}

/** The registry's algorithm of a key; throws IssuingError `unsupported_key`. */
export const issuingAlgorithm = (publicKey: KeyObject): SignatureAlgorithm => {
  const algorithm = algorithmForKey(publicKey);
  if (algorithm === undefined) throw new IssuingError('unsupported_key');
  return algorithm;
};

const SHA256_WITH_RSA = derSequence(derOid(OID.sha256WithRsa), DER_NULL);

/** The AlgorithmIdentifier written into what is signed, DER. */
export const signedIdentifier = (algorithm: SignatureAlgorithm): Uint8Array =>
  algorithm.oid === OID.rsaEncryption ? SHA256_WITH_RSA : algorithm.identifier;

/** Body, algorithm and signature (ECDSA in DER form) as one SEQUENCE; `more` follows them. */
export const assembleSigned = (
  { toBeSigned, algorithm }: ToSign,
  signature: Uint8Array,
  ...more: readonly Uint8Array[]
): Uint8Array => derSequence(toBeSigned, signedIdentifier(algorithm), derBitString(signature), ...more);
