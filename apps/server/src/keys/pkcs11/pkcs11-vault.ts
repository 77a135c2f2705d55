import { KEY_ALGORITHMS, type KeyAlgorithm } from '../key-algorithm.ts';
import { KeystoreError } from '../keystore.ts';
import type { Vault } from '../vault.ts';
import type { Hsm } from './hsm.ts';
import { publicKeyOf, readPkcs8 } from './key-parts.ts';
import { signatureInput, signatureOutput } from './signature-format.ts';

/** Key material: number of the algorithm (1) | the private key as the HSM wrapped it. Numbers are for ever. */
const NUMBERS: Readonly<Record<KeyAlgorithm, number>> = {
  'ecdsa-p256': 1,
  'ecdsa-p384': 2,
  'rsa-2048': 3,
  'rsa-3072': 4,
  'rsa-4096': 5,
};

const toMaterial = (algorithm: KeyAlgorithm, wrapped: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.of(NUMBERS[algorithm]), wrapped]);

const fromMaterial = (material: Uint8Array): { algorithm: KeyAlgorithm; wrapped: Uint8Array } => {
  const algorithm = KEY_ALGORITHMS.find((candidate) => NUMBERS[candidate] === material[0]);
  if (!algorithm) throw new KeystoreError(`A sealed key has the unknown algorithm ${material[0]}.`);
  return { algorithm, wrapped: material.slice(1) };
};

/**
 * Secrets and keys in an HSM. A private key is made there, leaves it only wrapped, and is unwrapped there for each signature:
 * the bytes of a key never enter this process, save those of a key made elsewhere that is imported.
 */
export const createPkcs11Vault = (hsm: Hsm): Vault => ({
  kind: 'pkcs11',
  version: 2,
  derive: (purpose, data) => hsm.run('derive', { purpose, data }),

  async generate(algorithm) {
    const { wrapped, publicParts } = await hsm.run('generate', { algorithm });
    return { publicKey: publicKeyOf(algorithm, publicParts), material: toMaterial(algorithm, wrapped) };
  },

  async importKey(pkcs8) {
    const { algorithm, publicKey, parts } = readPkcs8(pkcs8);
    const wrapped = await hsm.run('importKey', { algorithm, parts });
    return { publicKey, material: toMaterial(algorithm, wrapped) };
  },

  open(material, { often }) {
    const { algorithm, wrapped } = fromMaterial(material);
    return {
      async sign(toBeSigned) {
        const input = signatureInput(algorithm, toBeSigned);
        return signatureOutput(algorithm, await hsm.run('sign', { algorithm, wrapped, input, often }));
      },
    };
  },

  close: () => hsm.close(),
});
