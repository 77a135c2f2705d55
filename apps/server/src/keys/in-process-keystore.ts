import { hashRaw } from '@node-rs/argon2';
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  generateKeyPair,
  randomBytes,
  randomUUID,
  sign,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import {
  KeystoreError,
  type Authorization,
  type Keystore,
  type NewKey,
  type Proof,
  type SealedKey,
  type SigningGrant,
} from './keystore.ts';

/**
 * The keystore for development and small installations: software only (SCAL1 at best, see docs/adr/0009). The master key is a
 * file outside the database, so a stolen database cannot be searched for PINs: each guess needs the master key too.
 *
 * Blob of a user's key: version (1) | salt (16) | iv (12) | tag (16) | AES-256-GCM(PKCS#8)
 * key = HMAC-SHA256(master, "pin" | Argon2id(pin, salt)); the credential's id is authenticated with it.
 */
const VERSION = 1;
/** OWASP's setting; 12 ms on the reference machine. Algorithm 2 is Argon2id (the library's const enum cannot be imported). */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
const SALT = 16;
const IV = 12;
const TAG = 16;
const AUTHORIZATION_MS = 30_000;

const makeKeyPair = promisify(generateKeyPair);

const newPkcs8 = async (): Promise<{ publicKey: Uint8Array; pkcs8: Buffer }> => {
  const { publicKey, privateKey } = await makeKeyPair('ec', {
    namedCurve: 'prime256v1',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  });
  return { publicKey, pkcs8: privateKey };
};

// The brands say who made the bytes; this is the place that makes them.
const asKey = (bytes: Uint8Array): SealedKey => bytes as SealedKey;
const asGrant = (bytes: Uint8Array): SigningGrant => bytes as SigningGrant;

const sealWith = (key: Uint8Array, plain: Uint8Array, bound: string): Buffer => {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(bound));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
};

/** Undefined when the key or what is bound to it is not the right one. */
const openWith = (key: Uint8Array, blob: Uint8Array, bound: string): Buffer | undefined => {
  const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, IV));
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(blob.subarray(IV, IV + TAG));
  try {
    return Buffer.concat([decipher.update(blob.subarray(IV + TAG)), decipher.final()]);
  } catch {
    // GCM says only that the tag does not fit: a wrong PIN, a foreign credential or a damaged blob look alike on purpose.
    return undefined;
  }
};

type Pending = { key: KeyObject; hashes: Set<string> };

/** What was authorised and not yet signed; an authorization nobody uses is forgotten after a moment. */
const createPending = () => {
  const pending = new Map<string, Pending>();
  return {
    add(entry: Pending): Authorization {
      const id = randomUUID();
      pending.set(id, entry);
      setTimeout(() => pending.delete(id), AUTHORIZATION_MS).unref();
      return { id };
    },
    take({ id }: Authorization, hash: string): KeyObject {
      const entry = pending.get(id);
      if (!entry?.hashes.delete(hash))
        throw new KeystoreError('These bytes were not authorised, or were signed already.');
      if (entry.hashes.size === 0) pending.delete(id);
      return entry.key;
    },
  };
};

export const createInProcessKeystore = (masterKey: Uint8Array): Keystore => {
  if (masterKey.length !== 32) throw new KeystoreError('The master key must have 32 bytes.');
  const derive = (label: string, secret: Uint8Array): Buffer =>
    createHmac('sha256', masterKey).update(label).update(secret).digest();
  const derivePin = async (pin: string, salt: Uint8Array): Promise<Buffer> =>
    derive('pin', await hashRaw(pin, { ...ARGON2ID, salt }));
  const pending = createPending();

  const openProof = (proof: Proof): Buffer | undefined =>
    proof.kind === 'session'
      ? openWith(derive('grant', proof.secret), proof.grant, proof.credentialId)
      : openWith(derive('service', Buffer.from(proof.name)), proof.key, proof.name);

  return {
    async createKey(pin, credentialId): Promise<NewKey> {
      const { publicKey, pkcs8 } = await newPkcs8();
      const salt = randomBytes(SALT);
      const body = sealWith(await derivePin(pin, salt), pkcs8, credentialId);
      pkcs8.fill(0);
      return { publicKey, sealed: asKey(Buffer.concat([Buffer.of(VERSION), salt, body])) };
    },

    async createServiceKey(name): Promise<NewKey> {
      const { publicKey, pkcs8 } = await newPkcs8();
      const sealed = asKey(sealWith(derive('service', Buffer.from(name)), pkcs8, name));
      pkcs8.fill(0);
      return { publicKey, sealed };
    },

    async openGrant({ key, pin, credentialId, secret }) {
      if (key[0] !== VERSION) throw new KeystoreError(`Unknown version ${key[0]} of a sealed key.`);
      const pkcs8 = openWith(
        await derivePin(pin, key.subarray(1, 1 + SALT)),
        key.subarray(1 + SALT),
        credentialId,
      );
      if (!pkcs8) return { ok: false, reason: 'wrong_pin' };
      const grant = asGrant(sealWith(derive('grant', secret), pkcs8, credentialId));
      pkcs8.fill(0);
      return { ok: true, grant };
    },

    async pretendToOpen(pin) {
      await derivePin(pin, randomBytes(SALT));
    },

    authorize(proof, hashes): Promise<Authorization> {
      const pkcs8 = openProof(proof);
      if (!pkcs8) return Promise.reject(new KeystoreError('The proof does not open the key.'));
      const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
      pkcs8.fill(0);
      return Promise.resolve(pending.add({ key, hashes: new Set(hashes) }));
    },

    async signHash(authorization, toBeSigned) {
      const key = pending.take(authorization, createHash('sha256').update(toBeSigned).digest('hex'));
      return new Promise((resolve, reject) => {
        sign('sha256', toBeSigned, key, (error, signature) => (error ? reject(error) : resolve(signature)));
      });
    },
  };
};
