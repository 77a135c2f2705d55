import { createPrivateKey, createPublicKey, type KeyObject, type webcrypto } from 'node:crypto';
import { algorithmOfKey, KEY_KINDS, type KeyAlgorithm } from '../key-algorithm.ts';
import { KeystoreError } from '../keystore.ts';
import type { PrivateParts, PublicParts } from './hsm-keys.ts';

/** Between keys as numbers, as an HSM takes and gives them, and keys as DER. */

type JsonWebKey = webcrypto.JsonWebKey;

const CURVE_NAMES = { prime256v1: 'P-256', secp384r1: 'P-384' } as const;
const UNCOMPRESSED = 0x04;

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

/** Tokens give the point as a DER OCTET STRING (the standard) or bare; both curves' points are shorter than 128 bytes. */
const coordinates = (point: Uint8Array): Uint8Array => {
  const bare = point[0] === UNCOMPRESSED && point[1] !== point.length - 2 ? point : point.subarray(2);
  if (bare[0] !== UNCOMPRESSED)
    throw new KeystoreError('The HSM gave a public key in a form that is not known.');
  return bare.subarray(1);
};

const toJwk = (algorithm: KeyAlgorithm, parts: PublicParts): JsonWebKey => {
  const kind = KEY_KINDS[algorithm];
  if (parts.type === 'rsa') return { kty: 'RSA', n: base64url(parts.modulus), e: base64url(parts.exponent) };
  const both = coordinates(parts.point);
  const half = both.length / 2;
  const crv = kind.type === 'ec' ? CURVE_NAMES[kind.curve] : '';
  return { kty: 'EC', crv, x: base64url(both.subarray(0, half)), y: base64url(both.subarray(half)) };
};

const spkiOf = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' });

/** DER SubjectPublicKeyInfo. */
export const publicKeyOf = (algorithm: KeyAlgorithm, parts: PublicParts): Uint8Array =>
  spkiOf(createPublicKey({ key: toJwk(algorithm, parts), format: 'jwk' }));

const number = (value: string | undefined): Uint8Array => Buffer.from(value ?? '', 'base64url');

const privateParts = (jwk: JsonWebKey): PrivateParts =>
  jwk.kty === 'EC'
    ? { type: 'ec', scalar: number(jwk.d) }
    : {
        type: 'rsa',
        modulus: number(jwk.n),
        publicExponent: number(jwk.e),
        privateExponent: number(jwk.d),
        primes: [number(jwk.p), number(jwk.q)],
        exponents: [number(jwk.dp), number(jwk.dq)],
        coefficient: number(jwk.qi),
      };

/** A key made elsewhere, taken apart. Throws KeystoreError for one the keystore does not sign with. */
export const readPkcs8 = (
  pkcs8: Uint8Array,
): { algorithm: KeyAlgorithm; publicKey: Uint8Array; parts: PrivateParts } => {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
  const algorithm = algorithmOfKey(key);
  if (!algorithm) throw new KeystoreError('The keystore does not sign with a key of this kind.');
  return {
    algorithm,
    publicKey: spkiOf(createPublicKey(key)),
    parts: privateParts(key.export({ format: 'jwk' })),
  };
};
