import { MalformedError } from '../malformed-error.ts';
import { bodyOf, type DerNode } from '../der/read-der.ts';
import { TAG } from '../der/tags.ts';
import { derEnumerated } from '../der/write-values.ts';

// RFC 5280 §5.3.1. 7 is not used; 8, removeFromCRL, belongs to delta lists, which this package does not read.
const CODES = {
  unspecified: 0,
  keyCompromise: 1,
  cACompromise: 2,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  certificateHold: 6,
  privilegeWithdrawn: 9,
  aACompromise: 10,
} as const;

/** Why a certificate was revoked, by RFC 5280's names; `certificateHold` is the only one that can be taken back. */
export type RevocationReason = keyof typeof CODES;

const isReason = (name: string): name is RevocationReason => Object.hasOwn(CODES, name);

export const REVOCATION_REASONS: readonly RevocationReason[] = Object.keys(CODES).filter(isReason);

const BY_CODE: ReadonlyMap<number, RevocationReason> = new Map(
  REVOCATION_REASONS.map((reason) => [CODES[reason], reason]),
);

/** CRLReason; undefined for `unspecified`, which is said by saying nothing. */
export const writeReason = (reason: RevocationReason): Uint8Array | undefined =>
  reason === 'unspecified' ? undefined : derEnumerated(CODES[reason]);

/** Reads CRLReason; throws MalformedError for a code that is not in use. */
export const reasonOf = (node: DerNode): RevocationReason => {
  const body = bodyOf(node);
  const reason = BY_CODE.get(body[0] ?? -1);
  if (node.tag !== TAG.enumerated || body.length !== 1 || reason === undefined)
    throw new MalformedError('revocation_reason');
  return reason;
};

const HARMLESS: readonly RevocationReason[] = ['affiliationChanged', 'superseded', 'cessationOfOperation'];

/**
 * True when what the key signed before its revocation stands without question. Losing the key, or a reason that is not given,
 * casts doubt on everything that an authority is said to have signed (RFC 3161 §4).
 */
export const isHarmless = (reason: RevocationReason): boolean => HARMLESS.includes(reason);

/** One revoked certificate. */
export interface Revocation {
  /** To the second. */
  readonly revokedAt: Temporal.Instant;
  readonly reason: RevocationReason;
}
