import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  sign,
  type KeyObject,
} from 'node:crypto';
import { promisify } from 'node:util';
import { algorithmOfKey, KEY_KINDS, type KeyAlgorithm } from './key-algorithm.ts';
import { KeystoreError } from './keystore.ts';
import type { KeyMaterial, OpenKey, Vault } from './vault.ts';

const makeKeyPair = promisify(generateKeyPair);

const newKeyPair = (algorithm: KeyAlgorithm) => {
  const kind = KEY_KINDS[algorithm];
  return kind.type === 'ec'
    ? makeKeyPair('ec', { namedCurve: kind.curve })
    : makeKeyPair('rsa', { modulusLength: kind.modulusBits });
};

const spkiOf = (key: KeyObject): Uint8Array => key.export({ type: 'spki', format: 'der' });
const asPrivateKey = (pkcs8: Uint8Array): KeyObject =>
  createPrivateKey({
    key: Buffer.from(pkcs8.buffer, pkcs8.byteOffset, pkcs8.length),
    format: 'der',
    type: 'pkcs8',
  });

const signableAlgorithm = (key: KeyObject): KeyAlgorithm => {
  const algorithm = algorithmOfKey(key);
  if (algorithm) return algorithm;
  throw new KeystoreError(
    'The keystore signs with ECDSA P-256 or P-384 and RSA of 2048, 3072 or 4096 bits only.',
  );
};

const createOpenKey = (key: KeyObject): OpenKey => {
  const { digest } = KEY_KINDS[signableAlgorithm(key)];
  return {
    sign: (toBeSigned) =>
      new Promise((resolve, reject) => {
        sign(digest, toBeSigned, key, (error, signature) => (error ? reject(error) : resolve(signature)));
      }),
  };
};

/** Secrets and keys in this process's memory; key material is PKCS#8. The secret of each purpose is the master key under its name. */
export const createInProcessVault = (masterKey: Uint8Array): Vault => ({
  kind: 'in-process',
  version: 1,
  // No purpose's name begins another's: a name and what follows it are told apart.
  derive: (purpose, data) =>
    Promise.resolve(createHmac('sha256', masterKey).update(purpose).update(data).digest()),

  async generate(algorithm): Promise<KeyMaterial> {
    const { publicKey, privateKey } = await newKeyPair(algorithm);
    return {
      publicKey: spkiOf(publicKey),
      material: privateKey.export({ type: 'pkcs8', format: 'der' }),
    };
  },

  importKey(pkcs8) {
    const key = asPrivateKey(pkcs8);
    signableAlgorithm(key);
    const material = key.export({ type: 'pkcs8', format: 'der' });
    return Promise.resolve({ publicKey: spkiOf(createPublicKey(key)), material });
  },

  open(material) {
    const key = asPrivateKey(material);
    material.fill(0);
    return createOpenKey(key);
  },

  close: () => Promise.resolve(),
});
