/**
 * The algorithm registry: what may sign a report, a timestamp, a certificate or word of its revocation. A new algorithm is a
 * new row; nothing else in the package knows the difference.
 *
 * The seam for GOST R 34.10-2012: a row in `ROWS` whose `digest` is Streebog with a `digest()` of its own, whose `keyProblem`
 * and `verify` work on `key.spki` (node:crypto reads no GOST key), and whose `signing` is null: BigInt arithmetic is not
 * constant in time, so JavaScript never signs GOST. Its name joins SIGNATURE_ALGORITHMS, its digest's DIGEST_NAMES.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { MalformedError } from '../malformed-error.ts';
import { DIGESTS, type DigestAlgorithm } from './digest-algorithm.ts';
import { ecdsa } from './ecdsa.ts';
import { rsaPkcs1, rsaPss } from './rsa.ts';
import type {
  KeyHolder,
  KeyProblem,
  SignatureAlgorithm,
  SignatureAlgorithmName,
} from './signature-algorithm.ts';
import { namesWeakDigest } from './weak-digests.ts';

/** The first row that accepts a key is the one it signs with unless told otherwise. */
const ROWS: readonly SignatureAlgorithm[] = [
  ecdsa('p256', 'sha256'),
  ecdsa('p384', 'sha384'),
  rsaPkcs1('sha256'),
  rsaPss('sha256'),
  rsaPss('sha384'),
  rsaPss('sha512'),
  ecdsa('p256', 'sha384'),
  ecdsa('p256', 'sha512'),
  ecdsa('p384', 'sha256'),
  ecdsa('p384', 'sha512'),
  rsaPkcs1('sha384'),
  rsaPkcs1('sha512'),
];

/** Why the registry has no row for a signature. */
export type AlgorithmProblem =
  'unsupported_algorithm' | 'unsupported_digest' | 'weak_digest' | 'digest_algorithms_differ' | KeyProblem;

export type FoundAlgorithm =
  | { readonly ok: true; readonly algorithm: SignatureAlgorithm }
  | { readonly ok: false; readonly reason: AlgorithmProblem };

const keyOf = (identifier: Uint8Array): string =>
  Buffer.from(identifier.buffer, identifier.byteOffset, identifier.length).toString('latin1');

const bySpelling = <Row>(
  rows: readonly Row[],
  spellingsOf: (row: Row) => readonly Uint8Array[],
): ReadonlyMap<string, readonly Row[]> => {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    for (const spelling of spellingsOf(row).map(keyOf))
      found.set(spelling, [...(found.get(spelling) ?? []), row]);
  }
  return found;
};

const DIGEST_ROWS = bySpelling(Object.values(DIGESTS), ({ spellings }) => spellings);
const SIGNER_ROWS = bySpelling(ROWS, ({ signerSpellings }) => signerSpellings);
const CERTIFICATE_ROWS = bySpelling(ROWS, ({ certificateSpellings }) => certificateSpellings);

const unsupported = (identifier: Uint8Array, reason: AlgorithmProblem): FoundAlgorithm => ({
  ok: false,
  reason: namesWeakDigest(identifier) ? 'weak_digest' : reason,
});

const chosen = (rows: readonly SignatureAlgorithm[], key: KeyHolder): FoundAlgorithm => {
  const algorithm = rows.find((row) => row.accepts(key));
  if (algorithm !== undefined) return { ok: true, algorithm };
  const isWeak = rows.some((row) => row.keyProblem(key) === 'weak_key');
  return { ok: false, reason: isWeak ? 'weak_key' : 'key_of_other_kind' };
};

/** The digest an AlgorithmIdentifier (DER) names; undefined when the registry has none. */
export const digestNamedBy = (identifier: Uint8Array): DigestAlgorithm | undefined =>
  DIGEST_ROWS.get(keyOf(identifier))?.[0];

/** The algorithm a SignerInfo names by its two AlgorithmIdentifiers (DER), for this key; throws MalformedError for a bad key. */
export const signerAlgorithm = (
  {
    digestAlgorithm,
    signatureAlgorithm,
  }: Readonly<Record<'digestAlgorithm' | 'signatureAlgorithm', Uint8Array>>,
  key: KeyHolder,
): FoundAlgorithm => {
  const digest = digestNamedBy(digestAlgorithm);
  if (digest === undefined) return unsupported(digestAlgorithm, 'unsupported_digest');
  const named = SIGNER_ROWS.get(keyOf(signatureAlgorithm));
  if (named === undefined) return unsupported(signatureAlgorithm, 'unsupported_algorithm');
  const rows = named.filter((row) => row.digest === digest);
  return rows.length === 0 ? { ok: false, reason: 'digest_algorithms_differ' } : chosen(rows, key);
};

/** The algorithm an AlgorithmIdentifier (DER) of a certificate, CRL or OCSP answer names; throws MalformedError for a bad key. */
export const certificateAlgorithm = (identifier: Uint8Array, key: KeyHolder): FoundAlgorithm => {
  const rows = CERTIFICATE_ROWS.get(keyOf(identifier));
  return rows === undefined ? unsupported(identifier, 'unsupported_algorithm') : chosen(rows, key);
};

/** The algorithm a key signs with when nothing else is asked for; undefined when the registry has none for it. */
export const defaultAlgorithm = (key: KeyHolder): SignatureAlgorithm | undefined =>
  ROWS.find((row) => row.accepts(key));

/** The row with this name. */
export const algorithmNamed = (name: SignatureAlgorithmName): SignatureAlgorithm => {
  const row = ROWS.find((one) => one.name === name);
  if (row === undefined) throw new Error(`no algorithm ${name}`);
  return row;
};

/** A public key (SubjectPublicKeyInfo, DER) for the registry; reading `publicKey` throws MalformedError when it is none. */
export const keyHolderOf = (spki: Uint8Array): KeyHolder => {
  let publicKey: KeyObject | undefined;
  return {
    spki,
    get publicKey() {
      publicKey ??= readPublicKey(spki);
      return publicKey;
    },
  };
};

const readPublicKey = (spki: Uint8Array): KeyObject => {
  try {
    return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  } catch {
    throw new MalformedError('public_key');
  }
};
