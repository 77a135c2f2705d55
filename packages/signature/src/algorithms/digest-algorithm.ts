import { hash } from 'node:crypto';
import { DER_NULL, derOid, derSequence } from '../der/write-der.ts';
import { OID } from '../oids.ts';

export const DIGEST_NAMES = ['sha256', 'sha384', 'sha512'] as const;
export type DigestName = (typeof DIGEST_NAMES)[number];

/** A row of the registry's digests. */
export interface DigestAlgorithm {
  readonly name: DigestName;
  readonly oid: string;
  /** Length of the digest in bytes. */
  readonly size: number;
  /** The AlgorithmIdentifier as it is written, DER: without parameters (RFC 5754 §2). */
  readonly identifier: Uint8Array;
  /** Every AlgorithmIdentifier that is read as this digest: without parameters, or with NULL. */
  readonly spellings: readonly Uint8Array[];
  digest(data: Uint8Array): Uint8Array;
}

const shaTwo = (name: DigestName, oid: string, size: number): DigestAlgorithm => {
  const identifier = derSequence(derOid(oid));
  return {
    name,
    oid,
    size,
    identifier,
    spellings: [identifier, derSequence(derOid(oid), DER_NULL)],
    digest: (data) => hash(name, data, 'buffer'),
  };
};

/** The digests signatures may be made with. */
export const DIGESTS: Readonly<Record<DigestName, DigestAlgorithm>> = {
  sha256: shaTwo('sha256', OID.sha256, 32),
  sha384: shaTwo('sha384', OID.sha384, 48),
  sha512: shaTwo('sha512', OID.sha512, 64),
};

const ROWS = Object.values(DIGESTS);

/** The digest with this object identifier; undefined when the registry has none. */
export const digestForOid = (oid: string): DigestAlgorithm | undefined =>
  ROWS.find((digest) => digest.oid === oid);

/** Digests of one content by name: whoever signs or verifies needs the one its algorithm uses. */
export type ContentDigests = Partial<Readonly<Record<DigestName, Uint8Array>>>;
