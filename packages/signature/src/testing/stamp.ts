/** Timestamps for tests and vectors: by any signer, at any time, over anything. */
import { DIGESTS } from '../algorithms/digest-algorithm.ts';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { newSerialNumber } from '../ca/serial-number.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { addTimestamps, signatureValues } from '../cms/timestamps.ts';
import { assembleTimestamp, prepareTimestamp } from '../timestamp/prepare-timestamp.ts';
import type { Signer } from './demo-authority.ts';

export interface Stamping {
  readonly authority: Signer;
  /** Carried along. */
  readonly chain: readonly Certificate[];
  readonly genTime: Temporal.Instant;
}

const POLICY = '1.3.6.1.4.1.99999.1';

/** A token over `data`, DER. */
export const tokenOver = async (
  data: Uint8Array,
  { authority, chain, genTime }: Stamping,
): Promise<Uint8Array> => {
  const { oid, digest } = DIGESTS.sha256;
  const prepared = prepareTimestamp({
    request: { digestOid: oid, digest: digest(data), certificateRequested: true },
    genTime,
    serial: newSerialNumber(),
    policy: POLICY,
    certificate: authority.certificate,
    chain,
  });
  return assembleTimestamp(prepared, await signBytes(authority.privateKey, prepared.toBeSigned));
};

/** The CMS with a timestamp over each of its signatures. */
export const stampAll = async (cms: Uint8Array, stamping: Stamping): Promise<Uint8Array> =>
  addTimestamps(cms, await Promise.all(signatureValues(cms).map((value) => tokenOver(value, stamping))));
