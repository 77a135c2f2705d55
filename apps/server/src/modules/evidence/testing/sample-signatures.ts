/** Signatures of the sample bundle, each with a timestamp over it. */
import { createHash } from 'node:crypto';
import {
  addTimestamps,
  assembleTimestamp,
  newSerialNumber,
  prepareTimestamp,
  signatureValues,
  signBytes,
  signDetached,
} from '@sochi/signature';
import type { SampleAuthority, Signer } from './sample-authority.ts';

const POLICY = '1.3.6.1.4.1.99999.1';
const SHA256 = '2.16.840.1.101.3.4.2.1';

/** A timestamp over bytes, by the authority's own service unless another is named; DER of the token. */
export const timestampOf = async (
  authority: SampleAuthority,
  bytes: Uint8Array,
  genTime: Temporal.Instant,
  by: Signer = authority.timestamper,
): Promise<Uint8Array> => {
  const prepared = prepareTimestamp({
    request: {
      digestOid: SHA256,
      digest: createHash('sha256').update(bytes).digest(),
      certificateRequested: true,
    },
    genTime,
    serial: newSerialNumber(),
    policy: POLICY,
    accuracyMs: 1000,
    certificate: by.certificate,
    chain: [authority.issuing],
  });
  return assembleTimestamp(prepared, await signBytes(by.privateKey, prepared.toBeSigned));
};

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

export interface SignatureOrder {
  readonly content: Uint8Array;
  readonly signer: Signer;
  readonly at: Temporal.Instant;
  /** When the timestamp says it was; `at` by default, null for none. */
  readonly stampedAt?: Temporal.Instant | null;
  readonly timestamper?: Signer | undefined;
  readonly claimedRole?: string;
  /** A CMS to sign beside the others of. */
  readonly addTo?: Uint8Array;
}

/** DER of a CMS with one signer more, whose signature has its timestamp. */
export const signStamped = async (authority: SampleAuthority, order: SignatureOrder): Promise<Uint8Array> => {
  const { content, signer, at, stampedAt = at, timestamper, addTo, claimedRole } = order;
  const cms = await signDetached({
    content,
    ...signer,
    signingTime: at,
    certificates: [authority.issuing],
    ...(addTo === undefined ? {} : { addTo }),
    ...(claimedRole === undefined ? {} : { claimedRole }),
  });
  if (stampedAt === null) return cms;
  const earlier = addTo === undefined ? [] : signatureValues(addTo);
  const tokens = signatureValues(cms).map(async (value) =>
    earlier.some((one) => isSame(one, value))
      ? undefined
      : timestampOf(authority, value, stampedAt, timestamper),
  );
  return addTimestamps(cms, await Promise.all(tokens));
};
