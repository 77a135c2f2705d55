import type { KeyObject, SignKeyObjectInput } from 'node:crypto';
import type { DigestAlgorithm } from './digest-algorithm.ts';

/**
 * Whoever has a public key; a Certificate is one. A row for keys node:crypto cannot read (GOST R 34.10-2012) looks at `spki`
 * only and never touches `publicKey`, which throws MalformedError for them.
 */
export interface KeyHolder {
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly publicKey: KeyObject;
}

export const SIGNATURE_ALGORITHMS = [
  'ecdsa-p256-sha256',
  'ecdsa-p256-sha384',
  'ecdsa-p256-sha512',
  'ecdsa-p384-sha256',
  'ecdsa-p384-sha384',
  'ecdsa-p384-sha512',
  'rsa-pkcs1-sha256',
  'rsa-pkcs1-sha384',
  'rsa-pkcs1-sha512',
  'rsa-pss-sha256',
  'rsa-pss-sha384',
  'rsa-pss-sha512',
] as const;
export type SignatureAlgorithmName = (typeof SIGNATURE_ALGORITHMS)[number];

/** Why a key cannot be used with an algorithm: another kind of key, or one too short to be trusted. */
export type KeyProblem = 'key_of_other_kind' | 'weak_key';

/** How node:crypto signs with a row; the private key is added by whoever holds it. */
export type SigningOptions = Omit<SignKeyObjectInput, 'key'>;

/**
 * A row of the registry: everything the package knows of one way of signing. Callers name it and pass it on; what its object
 * identifiers, parameters and digest are is nobody's business but the registry's.
 */
export interface SignatureAlgorithm {
  readonly name: SignatureAlgorithmName;
  /** What content and signed attributes are hashed with. */
  readonly digest: DigestAlgorithm;
  /** The AlgorithmIdentifier written into a SignerInfo, DER. */
  readonly signerIdentifier: Uint8Array;
  /** Every AlgorithmIdentifier that is read in a SignerInfo as this algorithm. */
  readonly signerSpellings: readonly Uint8Array[];
  /** The AlgorithmIdentifier written into a certificate, a revocation list or an OCSP answer, DER. */
  readonly certificateIdentifier: Uint8Array;
  /** Every AlgorithmIdentifier that is read there as this algorithm. */
  readonly certificateSpellings: readonly Uint8Array[];
  /** Null when the key is of the kind and strength this algorithm asks for; throws MalformedError for an unreadable key. */
  keyProblem(key: KeyHolder): KeyProblem | null;
  /** True when the key is of the kind and strength this algorithm asks for; throws MalformedError for an unreadable key. */
  accepts(key: KeyHolder): boolean;
  /** Checks a signature over `data`, hashing included; false for a wrong one. The key must be one that is accepted. */
  verify(key: KeyHolder, data: Uint8Array, signature: Uint8Array): Promise<boolean>;
  /** For keys held in this process; null for an algorithm this project only verifies. */
  readonly signing: SigningOptions | null;
}
