/** Whether the browser offers cryptography here: only on https and on localhost. */
export const canHash = (): boolean => window.isSecureContext && 'subtle' in crypto;

/** SHA-256 of exactly these bytes, 64 small hexadecimal digits. */
export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

/** The beginning and the end of a fingerprint, enough for two people to compare. */
export const shortHash = (hash: string): string =>
  `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-8, -4)} ${hash.slice(-4)}`;
