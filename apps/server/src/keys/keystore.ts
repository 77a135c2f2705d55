/**
 * Where private keys live. One face for the in-process store and for a PKCS#11 store: callers hold sealed blobs that only the
 * keystore can use, and it signs only what was authorised before, in the shape of the Cloud Signature Consortium API:
 * `authorize` (a proof, bound to these hashes, for one use) and then `signHash`.
 */
import type { KeyAlgorithm } from './key-algorithm.ts';

/** A private key nobody outside the keystore can use. Kept in the database. */
export type SealedKey = Uint8Array & { readonly __sealed: 'key' };
/** A key sealed for one login session: opens only together with the secret that the session's cookie carries. */
export type SigningGrant = Uint8Array & { readonly __sealed: 'grant' };
/** A key sealed for one delegation record: opens only together with exactly these bytes. */
export type DelegatedKey = Uint8Array & { readonly __sealed: 'delegation' };

export type NewKey = { /** DER SubjectPublicKeyInfo. */ publicKey: Uint8Array; sealed: SealedKey };

/** Single use, bound to the SHA-256 of each byte string that may be signed, for 30 seconds. */
export type Authorization = { readonly id: string };

export type Proof =
  | { kind: 'session'; grant: SigningGrant; secret: Uint8Array; credentialId: string }
  | { kind: 'pin'; key: SealedKey; pin: string; credentialId: string }
  /** `record`: the bytes of the delegation record, exactly as the head signed them. */
  | { kind: 'delegation'; key: DelegatedKey; record: Uint8Array; credentialId: string }
  | { kind: 'service'; key: SealedKey; name: string };

export type WrongPin = { ok: false; reason: 'wrong_pin' };

/** Every method throws KeystoreUnavailable while the HSM behind the store does not answer. */
export type Keystore = {
  readonly kind: 'in-process' | 'pkcs11';
  /** A fresh key (P-256 unless said otherwise) that opens only with this PIN; `credentialId` is bound into the seal. */
  createKey(pin: string, credentialId: string, algorithm?: KeyAlgorithm): Promise<NewKey>;
  /** A fresh key of the operator itself, sealed without a PIN and bound to its name. */
  createServiceKey(name: string, algorithm?: KeyAlgorithm): Promise<NewKey>;
  /** Takes over a service key made elsewhere (DER PKCS#8). Throws KeystoreError for a kind of key that is not signed with here. */
  importServiceKey(name: string, pkcs8: Uint8Array): Promise<NewKey>;
  /** Opens a key with its PIN and seals it for one session. Takes as long for a wrong PIN as for a right one. */
  openGrant(input: {
    key: SealedKey;
    pin: string;
    credentialId: string;
    secret: Uint8Array;
  }): Promise<{ ok: true; grant: SigningGrant } | WrongPin>;
  /** Spends the time of a PIN check without a key, so that an unknown login is not told by its speed. */
  pretendToOpen(pin: string): Promise<void>;
  /** Seals the key under another PIN. The old blob still opens with the old PIN: the caller overwrites it. */
  changePin(input: {
    key: SealedKey;
    pin: string;
    newPin: string;
    credentialId: string;
  }): Promise<{ ok: true; sealed: SealedKey } | WrongPin>;
  /** Seals the key for use without a PIN under one delegation record: any edit of the record makes it unusable. */
  sealDelegation(input: {
    key: SealedKey;
    pin: string;
    credentialId: string;
    record: Uint8Array;
  }): Promise<{ ok: true; sealed: DelegatedKey } | WrongPin>;
  /** Refuses (throws KeystoreError) when the proof does not open the key. `hashes` are SHA-256, hex, whatever the key. */
  authorize(proof: Proof, hashes: readonly string[]): Promise<Authorization>;
  /**
   * Signs by the key's default algorithm (P-256: SHA-256, P-384: SHA-384, both in DER; RSA: PKCS #1 v1.5 with SHA-256).
   * Throws KeystoreError unless exactly these bytes were authorised and not signed yet.
   */
  signHash(authorization: Authorization, toBeSigned: Uint8Array): Promise<Uint8Array>;
  /** Forgets what is open. The keystore is not used afterwards. */
  close(): Promise<void>;
};

export class KeystoreError extends Error {}

/** The HSM does not answer: nothing is wrong with the key or the proof, the same call works once it is back. */
export class KeystoreUnavailable extends KeystoreError {}
