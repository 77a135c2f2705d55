import { randomBytes } from 'node:crypto';
import {
  KeystoreError,
  type DelegatedKey,
  type Proof,
  type SealedKey,
  type SigningGrant,
} from './keystore.ts';
import { SALT, stretchPin } from './pin-stretching.ts';
import { openWith, sealWith } from './seal.ts';
import type { SealPurpose, Vault } from './vault.ts';

/**
 * What the database keeps of a key, over any vault:
 *
 * user's key   version (1) | salt (16) | seal under HMAC("pin", Argon2id(PIN, salt)), credential's id bound
 * grant        seal under HMAC("grant", secret of the session), credential's id bound
 * delegation   seal under HMAC("delegation", record), credential's id and the record bound
 * service key  seal under HMAC("service", name), name bound
 *
 * The HMACs are the vault's, under secrets the database does not hold; inside each seal is the vault's key material.
 */
const HEADER = 1 + SALT;
export type PinInput = { key: SealedKey; pin: string; credentialId: string };

const recordBound = (credentialId: string, record: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${credentialId}\0`), record]);

/** Seals key material and opens it again, by what it was sealed for. Undefined stands for whatever does not open. */
export const createKeySeals = (vault: Vault) => {
  const seal = async (purpose: SealPurpose, secret: Uint8Array, plain: Uint8Array, bound: Uint8Array) =>
    sealWith(await vault.derive(purpose, secret), plain, bound);
  const open = async (purpose: SealPurpose, secret: Uint8Array, blob: Uint8Array, bound: Uint8Array) =>
    openWith(await vault.derive(purpose, secret), blob, bound);

  // The brands say who made the bytes; this is the place that makes them.
  return {
    async sealForPin(plain: Uint8Array, pin: string, credentialId: string): Promise<SealedKey> {
      const salt = randomBytes(SALT);
      const body = await seal('pin', await stretchPin(pin, salt), plain, Buffer.from(credentialId));
      return Buffer.concat([Buffer.of(vault.version), salt, body]) as Uint8Array as SealedKey;
    },
    async openWithPin({ key, pin, credentialId }: PinInput): Promise<Buffer | undefined> {
      if (key[0] !== vault.version)
        throw new KeystoreError(`A sealed key of version ${key[0]} is not of this ${vault.kind} keystore.`);
      const stretched = await stretchPin(pin, key.subarray(1, HEADER));
      return open('pin', stretched, key.subarray(HEADER), Buffer.from(credentialId));
    },
    async sealForSession(plain: Uint8Array, secret: Uint8Array, credentialId: string): Promise<SigningGrant> {
      return (await seal('grant', secret, plain, Buffer.from(credentialId))) as Uint8Array as SigningGrant;
    },
    async sealForRecord(plain: Uint8Array, record: Uint8Array, credentialId: string): Promise<DelegatedKey> {
      const sealed = await seal('delegation', record, plain, recordBound(credentialId, record));
      return sealed as Uint8Array as DelegatedKey;
    },
    async sealForService(plain: Uint8Array, name: string): Promise<SealedKey> {
      return (await seal('service', Buffer.from(name), plain, Buffer.from(name))) as Uint8Array as SealedKey;
    },
    openProof(proof: Proof): Promise<Buffer | undefined> {
      switch (proof.kind) {
        case 'session':
          return open('grant', proof.secret, proof.grant, Buffer.from(proof.credentialId));
        case 'pin':
          return this.openWithPin(proof);
        case 'delegation':
          return open('delegation', proof.record, proof.key, recordBound(proof.credentialId, proof.record));
        case 'service':
          return open('service', Buffer.from(proof.name), proof.key, Buffer.from(proof.name));
      }
    },
  };
};
