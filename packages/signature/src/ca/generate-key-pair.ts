import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

export interface GeneratedKeyPair {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** A new P-256 key pair; the randomness is node:crypto's own. */
export const generateP256KeyPair = async (): Promise<GeneratedKeyPair> => {
  const { publicKey, privateKey } = await generate('ec', { namedCurve: 'prime256v1' });
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }), privateKey };
};
