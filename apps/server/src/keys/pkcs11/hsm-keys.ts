import { KEY_KINDS, type KeyAlgorithm } from '../key-algorithm.ts';
import { CKA, CKK, CKM, CKO } from './constants.ts';
import type { Attribute, Cryptoki, Handle } from './cryptoki.ts';

/** What is done with private keys inside the HSM. Outside they exist only wrapped; inside only for one of these calls. */

/** DER object identifiers of the curves, as CKA_EC_PARAMS takes them. */
const CURVE_OIDS = {
  prime256v1: Buffer.from('06082a8648ce3d030107', 'hex'),
  secp384r1: Buffer.from('06052b81040022', 'hex'),
} as const;

const RSA_EXPONENT = Uint8Array.of(1, 0, 1);

/** A public key as the HSM tells it. */
export type PublicParts =
  | { type: 'ec'; /** DER OCTET STRING of the uncompressed point. */ point: Uint8Array }
  | { type: 'rsa'; modulus: Uint8Array; exponent: Uint8Array };

/** A private key made elsewhere, as numbers (big-endian). */
export type PrivateParts =
  | { type: 'ec'; scalar: Uint8Array }
  | {
      type: 'rsa';
      modulus: Uint8Array;
      publicExponent: Uint8Array;
      privateExponent: Uint8Array;
      primes: readonly [Uint8Array, Uint8Array];
      exponents: readonly [Uint8Array, Uint8Array];
      coefficient: Uint8Array;
    };

/** Lives in the session only, and leaves it only wrapped. */
const PASSING: readonly Attribute[] = [
  [CKA.TOKEN, false],
  [CKA.PRIVATE, true],
  [CKA.SENSITIVE, true],
  [CKA.EXTRACTABLE, true],
  [CKA.SIGN, true],
];

const UNWRAPPED: readonly Attribute[] = [
  [CKA.CLASS, CKO.PRIVATE_KEY],
  [CKA.TOKEN, false],
  [CKA.PRIVATE, true],
  [CKA.SENSITIVE, true],
  [CKA.EXTRACTABLE, false],
  [CKA.SIGN, true],
];

const keyType = (algorithm: KeyAlgorithm): Attribute => [
  CKA.KEY_TYPE,
  KEY_KINDS[algorithm].type === 'ec' ? CKK.EC : CKK.RSA,
];

const pairTemplate = (algorithm: KeyAlgorithm): { mechanism: number; publicKey: Attribute[] } => {
  const kind = KEY_KINDS[algorithm];
  const own: Attribute[] =
    kind.type === 'ec'
      ? [[CKA.EC_PARAMS, CURVE_OIDS[kind.curve]]]
      : [
          [CKA.MODULUS_BITS, kind.modulusBits],
          [CKA.PUBLIC_EXPONENT, RSA_EXPONENT],
        ];
  return {
    mechanism: kind.type === 'ec' ? CKM.EC_KEY_PAIR_GEN : CKM.RSA_PKCS_KEY_PAIR_GEN,
    publicKey: [[CKA.TOKEN, false], [CKA.VERIFY, true], ...own],
  };
};

const privateTemplate = (algorithm: KeyAlgorithm, parts: PrivateParts): Attribute[] => {
  const kind = KEY_KINDS[algorithm];
  if (parts.type === 'ec') {
    const curve: Attribute[] = kind.type === 'ec' ? [[CKA.EC_PARAMS, CURVE_OIDS[kind.curve]]] : [];
    return [...curve, [CKA.VALUE, parts.scalar]];
  }
  return [
    [CKA.MODULUS, parts.modulus],
    [CKA.PUBLIC_EXPONENT, parts.publicExponent],
    [CKA.PRIVATE_EXPONENT, parts.privateExponent],
    [CKA.PRIME_1, parts.primes[0]],
    [CKA.PRIME_2, parts.primes[1]],
    [CKA.EXPONENT_1, parts.exponents[0]],
    [CKA.EXPONENT_2, parts.exponents[1]],
    [CKA.COEFFICIENT, parts.coefficient],
  ];
};

export const createHsmKeys = (cryptoki: Cryptoki, session: Handle, wrapping: Handle) => {
  /** Wraps a key and forgets it inside the HSM. */
  const wrapAway = (key: Handle): Uint8Array => {
    try {
      return cryptoki.wrapKey(session, CKM.AES_KEY_WRAP_PAD, { by: wrapping, key });
    } finally {
      cryptoki.destroyObject(session, key);
    }
  };

  const readPublicParts = (algorithm: KeyAlgorithm, key: Handle): PublicParts => {
    const read = (type: number): Uint8Array => cryptoki.readAttribute(session, key, type);
    return KEY_KINDS[algorithm].type === 'ec'
      ? { type: 'ec', point: read(CKA.EC_POINT) }
      : { type: 'rsa', modulus: read(CKA.MODULUS), exponent: read(CKA.PUBLIC_EXPONENT) };
  };

  return {
    generate(algorithm: KeyAlgorithm): { wrapped: Uint8Array; publicParts: PublicParts } {
      const { mechanism, publicKey } = pairTemplate(algorithm);
      const pair = cryptoki.generateKeyPair(session, mechanism, { publicKey, privateKey: PASSING });
      try {
        return {
          publicParts: readPublicParts(algorithm, pair.publicKey),
          wrapped: wrapAway(pair.privateKey),
        };
      } finally {
        cryptoki.destroyObject(session, pair.publicKey);
      }
    },

    importKey: (algorithm: KeyAlgorithm, parts: PrivateParts): Uint8Array =>
      wrapAway(
        cryptoki.createObject(session, [
          [CKA.CLASS, CKO.PRIVATE_KEY],
          keyType(algorithm),
          ...PASSING,
          ...privateTemplate(algorithm, parts),
        ]),
      ),

    unwrap: (algorithm: KeyAlgorithm, wrapped: Uint8Array): Handle =>
      cryptoki.unwrapKey(session, CKM.AES_KEY_WRAP_PAD, {
        by: wrapping,
        wrapped,
        template: [...UNWRAPPED, keyType(algorithm)],
      }),

    /** `input`: a hash for ECDSA, a DigestInfo for RSA. ECDSA comes back as r | s. */
    sign: (algorithm: KeyAlgorithm, key: Handle, input: Uint8Array): Uint8Array =>
      cryptoki.sign(session, KEY_KINDS[algorithm].type === 'ec' ? CKM.ECDSA : CKM.RSA_PKCS, key, input),

    forget: (key: Handle): void => cryptoki.destroyObject(session, key),
  };
};
