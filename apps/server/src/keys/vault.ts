/**
 * What the keystore's two inhabitants differ in: where the secrets are that seals depend on, and where a private key is when it
 * signs. The rules (what opens what, what was authorised) are in create-keystore.ts, once for both.
 */
import type { KeyAlgorithm } from './key-algorithm.ts';
import type { Keystore } from './keystore.ts';

/** Each purpose has a secret, or a part of one, to itself. */
export type SealPurpose = 'pin' | 'grant' | 'delegation' | 'service';

/**
 * A private key as it is inside its seal: PKCS#8 in process; with an HSM the key wrapped by it, which the HSM alone can unwrap.
 */
export type KeyMaterial = { publicKey: Uint8Array; material: Uint8Array };

export type OpenKey = { sign(toBeSigned: Uint8Array): Promise<Uint8Array> };

export type Vault = {
  readonly kind: Keystore['kind'];
  /** First byte of a user's sealed key: says which vault made it. */
  readonly version: number;
  /** HMAC-SHA256 of `data` under the secret of a purpose, 32 bytes. */
  derive(purpose: SealPurpose, data: Uint8Array): Promise<Uint8Array>;
  generate(algorithm: KeyAlgorithm): Promise<KeyMaterial>;
  /** Throws KeystoreError for a key the keystore does not sign with. */
  importKey(pkcs8: Uint8Array): Promise<KeyMaterial>;
  /** `often`: the key may stay open inside the vault, for it will be used again soon. */
  open(material: Uint8Array, options: { often: boolean }): OpenKey;
  close(): Promise<void>;
};
