/**
 * The algorithm registry: what may sign a report and what may sign a certificate. A new algorithm (GOST R 34.10-2012, for
 * one) is a new row with its own `verify`; nothing else in the package knows the difference.
 */
import { sign, verify, type KeyObject } from 'node:crypto';
import { DER_NULL, derOid, derSequence } from './der/write-der.ts';
import { OID } from './oids.ts';

/** Checks a signature over `data`; false for a wrong signature and for a key of another kind. */
type Verify = (publicKey: KeyObject, data: Uint8Array, signature: Uint8Array) => Promise<boolean>;

export const SIGNATURE_ALGORITHMS = ['ecdsa-p256-sha256', 'rsa-2048-sha256'] as const;
export type SignatureAlgorithmName = (typeof SIGNATURE_ALGORITHMS)[number];

export interface SignatureAlgorithm {
  readonly name: SignatureAlgorithmName;
  readonly oid: string;
  /** The AlgorithmIdentifier written into a SignerInfo, DER. */
  readonly identifier: Uint8Array;
  /** True when the key is of the kind and strength this algorithm asks for. */
  accepts(key: KeyObject): boolean;
  readonly verify: Verify;
}

const verifyWith =
  (digest: string, keyType: string): Verify =>
  (publicKey, data, signature) => {
    if (publicKey.asymmetricKeyType !== keyType) return Promise.resolve(false);
    return new Promise((resolve) => {
      // An undecodable signature is reported as an error by some providers: it is a wrong signature all the same.
      verify(digest, data, publicKey, signature, (error, isValid) => resolve(error === null && isValid));
    });
  };

const P256: SignatureAlgorithm = {
  name: 'ecdsa-p256-sha256',
  oid: OID.ecdsaWithSha256,
  identifier: derSequence(derOid(OID.ecdsaWithSha256)),
  accepts: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1',
  verify: verifyWith('sha256', 'ec'),
};

// RFC 3370 §3.2: in a SignerInfo the identifier is rsaEncryption, the digest being named beside it.
const RSA: SignatureAlgorithm = {
  name: 'rsa-2048-sha256',
  oid: OID.rsaEncryption,
  identifier: derSequence(derOid(OID.rsaEncryption), DER_NULL),
  accepts: (key) => key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048,
  verify: verifyWith('sha256', 'rsa'),
};

const SIGNERS: readonly SignatureAlgorithm[] = [P256, RSA];

/** The algorithm a key signs reports with; undefined when the registry has none for it. */
export const algorithmForKey = (key: KeyObject): SignatureAlgorithm | undefined =>
  SIGNERS.find((algorithm) => algorithm.accepts(key));

/** The algorithm a SignerInfo names; undefined when the registry has none. */
export const algorithmForOid = (oid: string): SignatureAlgorithm | undefined =>
  SIGNERS.find((algorithm) => algorithm.oid === oid);

const CERTIFICATE_VERIFIERS = new Map<string, Verify>([
  [OID.ecdsaWithSha256, verifyWith('sha256', 'ec')],
  [OID.ecdsaWithSha384, verifyWith('sha384', 'ec')],
  [OID.ecdsaWithSha512, verifyWith('sha512', 'ec')],
  [OID.sha256WithRsa, verifyWith('sha256', 'rsa')],
  [OID.sha384WithRsa, verifyWith('sha384', 'rsa')],
  [OID.sha512WithRsa, verifyWith('sha512', 'rsa')],
]);

/** How to check a certificate signed with the algorithm `oid`; undefined when the registry has none. */
export const certificateVerifier = (oid: string): Verify | undefined => CERTIFICATE_VERIFIERS.get(oid);

/** Signs in the libuv pool with a private key held in this process; ECDSA signatures come out in DER form. */
export const signBytes = (privateKey: KeyObject, data: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    sign('sha256', data, privateKey, (error, signature) =>
      error === null ? resolve(signature) : reject(error),
    );
  });
