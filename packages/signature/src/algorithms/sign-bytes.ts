import { sign, type KeyObject, type SignKeyObjectInput } from 'node:crypto';
import { defaultAlgorithm } from './registry.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

const signInPool = (digest: string, data: Uint8Array, key: SignKeyObjectInput): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    sign(digest, data, key, (error, signature) => (error === null ? resolve(signature) : reject(error)));
  });

/**
 * Signs with a private key held in this process, by the key's default algorithm unless another is given; ECDSA signatures come
 * out in DER form. ECDSA is done at once, as the way to the libuv pool and back would cost more than it; RSA takes up to 5 ms and
 * goes there. Rejects when there is no such algorithm or it is one this project only verifies.
 */
export const signBytes = async (
  privateKey: KeyObject,
  data: Uint8Array,
  algorithm: SignatureAlgorithm | undefined = defaultAlgorithm({
    spki: new Uint8Array(),
    publicKey: privateKey,
  }),
): Promise<Uint8Array> => {
  const signing = algorithm?.signing;
  if (algorithm === undefined || signing === undefined || signing === null)
    throw new Error('no algorithm signs with this key');
  const { name } = algorithm.digest;
  if (privateKey.asymmetricKeyType === 'ec') return sign(name, data, privateKey);
  return signInPool(name, data, { ...signing, key: privateKey });
};
