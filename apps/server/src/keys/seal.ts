import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A seal: iv (12) | tag (16) | AES-256-GCM(plain), with `bound` authenticated beside it. */
const IV = 12;
const TAG = 16;

export const sealWith = (key: Uint8Array, plain: Uint8Array, bound: Uint8Array): Buffer => {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(bound);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
};

/** Undefined when the key or what is bound to it is not the right one, or the seal is damaged. */
export const openWith = (key: Uint8Array, seal: Uint8Array, bound: Uint8Array): Buffer | undefined => {
  if (seal.length < IV + TAG) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, seal.subarray(0, IV), { authTagLength: TAG });
  decipher.setAAD(bound);
  decipher.setAuthTag(seal.subarray(IV, IV + TAG));
  try {
    return Buffer.concat([decipher.update(seal.subarray(IV + TAG)), decipher.final()]);
  } catch {
    // GCM says only that the tag does not fit: a wrong PIN, a foreign credential or a damaged blob look alike on purpose.
    return undefined;
  }
};
