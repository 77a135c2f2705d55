import { readCertificate, type Certificate } from '../certificate/certificate.ts';
import type { SourceTrust } from '../revocation/source-problem.ts';

/** What repeated verifications may share. */
export interface VerificationCache {
  /** Certificates already read, with their keys, by their bytes. */
  readonly certificates: Map<string, Certificate>;
  /** The chain last found for a signer, by the signer's SHA-256. */
  readonly chains: Map<string, readonly Certificate[]>;
  /** Lists and answers already checked. */
  readonly revocationSources: Map<string, SourceTrust>;
}

const MAX_ENTRIES = 20_000;

/** An empty cache; it holds 20,000 entries of each kind and starts afresh when full. */
export const createVerificationCache = (): VerificationCache => ({
  certificates: new Map(),
  chains: new Map(),
  revocationSources: new Map(),
});

/** Remembers a value, emptying a full map first. */
export const remember = <Value>(map: Map<string, Value>, key: string, value: Value): Value => {
  if (map.size >= MAX_ENTRIES) map.clear();
  map.set(key, value);
  return value;
};

/** `readCertificate` through the cache, found by all of its bytes; throws MalformedError. */
export const readCertificateCached = (der: Uint8Array, cache: VerificationCache | undefined): Certificate => {
  if (cache === undefined) return readCertificate(der);
  const key = Buffer.from(der.buffer, der.byteOffset, der.length).toString('latin1');
  return cache.certificates.get(key) ?? remember(cache.certificates, key, readCertificate(der));
};
