import { randomBytes } from 'node:crypto';

/** A positive serial number of 16 bytes with 126 random bits (RFC 5280 §4.1.2.2; ballots of CAs ask for 64). */
export const newSerialNumber = (): Uint8Array => {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return new Uint8Array(bytes);
};
