import { verify } from 'node:crypto';
import type { DigestName } from './digest-algorithm.ts';
import type { SignatureAlgorithm, SigningOptions } from './signature-algorithm.ts';

/** Checks signatures with node:crypto, in the libuv pool. */
export const verifyWithNode =
  (digest: DigestName, options: SigningOptions): SignatureAlgorithm['verify'] =>
  ({ publicKey }, data, signature) =>
    new Promise((resolve) => {
      // An undecodable signature is reported as an error by some providers: it is a wrong signature all the same.
      verify(digest, data, { ...options, key: publicKey }, signature, (error, isValid) =>
        resolve(error === null && isValid),
      );
    });
