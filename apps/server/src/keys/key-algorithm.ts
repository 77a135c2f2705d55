import type { KeyObject } from 'node:crypto';

export type KeyAlgorithm = 'ecdsa-p256' | 'ecdsa-p384' | 'rsa-2048' | 'rsa-3072' | 'rsa-4096';

/** How a key of each algorithm is made, and the digest it signs with. */
type KeyKind =
  | { type: 'ec'; curve: 'prime256v1' | 'secp384r1'; digest: 'sha256' | 'sha384' }
  | { type: 'rsa'; modulusBits: number; digest: 'sha256' };

export const KEY_KINDS: Readonly<Record<KeyAlgorithm, KeyKind>> = {
  'ecdsa-p256': { type: 'ec', curve: 'prime256v1', digest: 'sha256' },
  'ecdsa-p384': { type: 'ec', curve: 'secp384r1', digest: 'sha384' },
  'rsa-2048': { type: 'rsa', modulusBits: 2048, digest: 'sha256' },
  'rsa-3072': { type: 'rsa', modulusBits: 3072, digest: 'sha256' },
  'rsa-4096': { type: 'rsa', modulusBits: 4096, digest: 'sha256' },
};

// The keys of the table are the algorithms: Object.keys only forgets it.
export const KEY_ALGORITHMS = Object.keys(KEY_KINDS) as KeyAlgorithm[];

const isOfKind = (key: KeyObject, kind: KeyKind): boolean => {
  const details = key.asymmetricKeyDetails;
  return kind.type === 'ec'
    ? key.asymmetricKeyType === 'ec' && details?.namedCurve === kind.curve
    : key.asymmetricKeyType === 'rsa' && details?.modulusLength === kind.modulusBits;
};

/** Undefined for a key the keystore does not sign with: another curve, a short or odd RSA modulus. */
export const algorithmOfKey = (key: KeyObject): KeyAlgorithm | undefined =>
  KEY_ALGORITHMS.find((algorithm) => isOfKind(key, KEY_KINDS[algorithm]));
