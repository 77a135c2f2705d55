import { hashRaw } from '@node-rs/argon2';

/** OWASP's setting; 12 ms on the reference machine. Algorithm 2 is Argon2id (the library's const enum cannot be imported). */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };

/** Bytes of salt a PIN is stretched with. */
export const SALT = 16;

/**
 * Argon2id of a PIN, 32 bytes. Alone it protects nothing, a PIN being one of a million: the result passes through the vault's
 * secret, so that each guess is a call to it.
 */
export const stretchPin = (pin: string, salt: Uint8Array): Promise<Buffer> =>
  hashRaw(pin, { ...ARGON2ID, salt });
