/**
 * Where private keys live. One face for the in-process store and for a PKCS#11 store: callers hold sealed blobs that only the
 * keystore can use, and it signs only what was authorised before, in the shape of the Cloud Signature Consortium API:
 * `authorize` (a proof, bound to these hashes, for one use) and then `signHash`.
 */

/** A private key nobody outside the keystore can use. Kept in the database. */
export type SealedKey = Uint8Array & { readonly __sealed: 'key' };
/** A key sealed for one login session: opens only together with the secret that the session's cookie carries. */
export type SigningGrant = Uint8Array & { readonly __sealed: 'grant' };

export type NewKey = { /** DER SubjectPublicKeyInfo. */ publicKey: Uint8Array; sealed: SealedKey };

/** Single use, bound to the SHA-256 of each byte string that may be signed. */
export type Authorization = { readonly id: string };

export type Proof =
  | { kind: 'session'; grant: SigningGrant; secret: Uint8Array; credentialId: string }
  | { kind: 'service'; key: SealedKey; name: string };

export type Keystore = {
  /** A fresh P-256 key that opens only with this PIN; `credentialId` is bound into the seal. */
  createKey(pin: string, credentialId: string): Promise<NewKey>;
  /** A fresh P-256 key of the operator itself, sealed under the master key and bound to its name. */
  createServiceKey(name: string): Promise<NewKey>;
  /** Opens a key with its PIN and seals it for one session. Takes as long for a wrong PIN as for a right one. */
  openGrant(input: {
    key: SealedKey;
    pin: string;
    credentialId: string;
    secret: Uint8Array;
  }): Promise<{ ok: true; grant: SigningGrant } | { ok: false; reason: 'wrong_pin' }>;
  /** Spends the time of a PIN check without a key, so that an unknown login is not told by its speed. */
  pretendToOpen(pin: string): Promise<void>;
  /** Refuses (throws KeystoreError) when the proof does not open the key. `hashes` are SHA-256, hex. */
  authorize(proof: Proof, hashes: readonly string[]): Promise<Authorization>;
  /** ECDSA P-256 with SHA-256 over `toBeSigned`, DER. Throws KeystoreError unless exactly these bytes were authorised. */
  signHash(authorization: Authorization, toBeSigned: Uint8Array): Promise<Uint8Array>;
};

export class KeystoreError extends Error {}
