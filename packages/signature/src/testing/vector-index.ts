/** The form of vectors/cms/index.json: language-neutral cases for any verifier of our signatures. */
import { existsSync, readFileSync } from 'node:fs';
import type { Indication } from '../verify/verification-report.ts';

export interface CmsVector {
  readonly name: string;
  /** What is wrong, or what makes a valid case special. */
  readonly about: string;
  readonly cms: string;
  /** True: the CMS is turned into DER first, as on intake. */
  readonly isNormalisedFirst: boolean;
  readonly content: string;
  /** PEM files. */
  readonly trustAnchors: readonly string[];
  readonly intermediates: readonly string[];
  /** ISO 8601 instant. */
  readonly at: string;
  readonly required: { readonly roles: readonly ('head' | 'accountant')[]; readonly companyInn: string };
  /** Whose timestamps are believed (PEM files), and whether every signer must have one; null: none is looked at. */
  readonly timestamps: { readonly trustAnchors: readonly string[]; readonly isRequired: boolean } | null;
  /** Revocation lists (DER files), and whether something must be known; null: none is looked at. */
  readonly revocation: { readonly crls: readonly string[]; readonly isRequired: boolean } | null;
  readonly indication: Indication;
  readonly subIndication: string | null;
  /** The check that must not pass, and why; null in valid cases. */
  readonly check: string | null;
  readonly reason: string | null;
  /** What stock openssl says to the same question: `cms -verify -cades`, `ts -verify` for each timestamp, lists checked. */
  readonly openssl: 'accepts' | 'refuses';
  /** Where that differs: what openssl was not asked, or does not ask. */
  readonly opensslNote: string | null;
}

/** The folder of the vectors. */
export const VECTORS = new URL('../../../../vectors/cms/', import.meta.url);

/** The committed cases; empty when the folder is not there. */
export const readVectorIndex = (): readonly CmsVector[] => {
  const index = new URL('index.json', VECTORS);
  // The file is written by make-vectors.ts from values of this very type.
  return existsSync(index) ? (JSON.parse(readFileSync(index, 'utf8')) as readonly CmsVector[]) : [];
};
