/** An authority gave no timestamp, or one that cannot be used; the message says why. */
export class TimestampError extends Error {}

/** Somebody who vouches that bytes existed at a moment (RFC 3161): ourselves, or one named in the configuration. */
export type TimestampAuthority = {
  readonly name: string;
  /** A token over the SHA-256 of `data`, and the moment in it. Throws when there is none to be had. */
  timestamp(data: Uint8Array): Promise<Timestamp>;
};

export type Timestamp = {
  /** TimeStampToken, DER. */
  readonly token: Uint8Array;
  /** The moment it vouches for. */
  readonly at: Temporal.Instant;
};
