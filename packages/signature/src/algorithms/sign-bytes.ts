import { sign, type KeyObject } from 'node:crypto';
import { defaultAlgorithm } from './registry.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/**
 * Signs in the libuv pool with a private key held in this process, by the key's default algorithm unless another is given;
 * ECDSA signatures come out in DER form. Rejects when there is no such algorithm or it is one this project only verifies.
 */
export const signBytes = (
  privateKey: KeyObject,
  data: Uint8Array,
  algorithm: SignatureAlgorithm | undefined = defaultAlgorithm({
    spki: new Uint8Array(),
    publicKey: privateKey,
  }),
): Promise<Uint8Array> => {
  const signing = algorithm?.signing;
  if (algorithm === undefined || signing === undefined || signing === null)
    return Promise.reject(new Error('no algorithm signs with this key'));
  return new Promise((resolve, reject) => {
    sign(algorithm.digest.name, data, { ...signing, key: privateKey }, (error, signature) =>
      error === null ? resolve(signature) : reject(error),
    );
  });
};
