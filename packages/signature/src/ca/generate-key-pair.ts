import { generateKeyPair as generate, type KeyObject } from 'node:crypto';

export interface GeneratedKeyPair {
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

export const KEY_KINDS = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

const pairOf = (kind: KeyKind): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> =>
  new Promise((resolve, reject) => {
    const done = (error: Error | null, publicKey: KeyObject, privateKey: KeyObject): void =>
      error === null ? resolve({ publicKey, privateKey }) : reject(error);
    if (kind === 'ecdsa-p256') generate('ec', { namedCurve: 'prime256v1' }, done);
    else if (kind === 'ecdsa-p384') generate('ec', { namedCurve: 'secp384r1' }, done);
    else generate('rsa', { modulusLength: Number(kind.slice('rsa-'.length)) }, done);
  });

/** A new key pair, held in this process; the randomness is node:crypto's own. */
export const generateKeyPair = async (kind: KeyKind): Promise<GeneratedKeyPair> => {
  const { publicKey, privateKey } = await pairOf(kind);
  return { publicKey: publicKey.export({ type: 'spki', format: 'der' }), privateKey };
};

/** A new P-256 key pair. */
export const generateP256KeyPair = (): Promise<GeneratedKeyPair> => generateKeyPair('ecdsa-p256');
