import { createHash } from 'node:crypto';
import { KEY_KINDS, type KeyAlgorithm } from '../key-algorithm.ts';

/** Between what an HSM signs and gives, and what certificates and CMS hold. */

/** DER of DigestInfo { SHA-256, 32 bytes }, without the 32 bytes (RFC 8017, 9.2). */
const DIGEST_INFO_SHA256 = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** What goes into the HSM to sign `toBeSigned`: the hash, for RSA with its DigestInfo around it. */
export const signatureInput = (algorithm: KeyAlgorithm, toBeSigned: Uint8Array): Uint8Array => {
  const { type, digest } = KEY_KINDS[algorithm];
  const hash = createHash(digest).update(toBeSigned).digest();
  return type === 'ec' ? hash : Buffer.concat([DIGEST_INFO_SHA256, hash]);
};

/** DER INTEGER of an unsigned big-endian number; both halves of an ECDSA signature are shorter than 128 bytes. */
const derInteger = (bytes: Uint8Array): Buffer => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(first === -1 ? bytes.length - 1 : first);
  const sign = (digits[0] ?? 0) & 0x80 ? [0] : [];
  return Buffer.concat([Buffer.of(0x02, sign.length + digits.length, ...sign), digits]);
};

/** r | s as PKCS #11 gives it, to DER. */
const ecdsaToDer = (raw: Uint8Array): Buffer => {
  const half = raw.length / 2;
  const body = Buffer.concat([derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half))]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
};

export const signatureOutput = (algorithm: KeyAlgorithm, raw: Uint8Array): Uint8Array =>
  KEY_KINDS[algorithm].type === 'ec' ? ecdsaToDer(raw) : raw;
