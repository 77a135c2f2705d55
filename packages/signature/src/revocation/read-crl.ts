/**
 * Reading a revocation list (RFC 5280 §5) of up to half a million entries. Every entry is checked once, and what is kept of
 * it is the place where it stands: a certificate is then found by its serial number without going through the list.
 */
import { createHash } from 'node:crypto';
import { readSigned, type SignedValue } from '../ca/read-signed.ts';
import { readExtensionList, type Extension } from '../certificate/extensions.ts';
import { bodyOf, childrenOf, rawOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor, integerBytesOf, sameBytes, smallIntegerOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { instantOf } from '../der/time.ts';
import { MalformedError } from '../malformed-error.ts';
import { OID } from '../oids.ts';
import { reasonOf, type Revocation } from './revocation-reason.ts';

/** A complete list of one issuer, read strictly; nothing in it has been verified yet. */
export interface Crl extends Omit<SignedValue, 'body'> {
  readonly der: Uint8Array;
  /** SHA-256 of `der`, lower-case hex. */
  readonly sha256: string;
  readonly issuerRaw: Uint8Array;
  /** Undefined when the list is not numbered. */
  readonly number: bigint | undefined;
  /** Key identifier of the issuer's key, where the list names it. */
  readonly authorityKey: Uint8Array | undefined;
  readonly thisUpdate: Temporal.Instant;
  readonly nextUpdate: Temporal.Instant | undefined;
  readonly size: number;
  /** Critical extensions, of the list or of an entry, that this package does not understand: no use may be made of it. */
  readonly unknownCritical: readonly string[];
  /** The entry of a serial number (hex as in `Certificate.serial`); undefined when it is not listed. */
  find(serial: string): Revocation | undefined;
}

const LIMITS = { maxBytes: 32 << 20, maxDepth: 16 };
const MAX_ENTRIES = 500_000;
const NOT_CRITICAL: ReadonlySet<string> = new Set([OID.crlReason, OID.crlNumber, OID.authorityKeyIdentifier]);

const unknownCriticalOf = (extensions: readonly Extension[]): string[] =>
  extensions.filter(({ oid, isCritical }) => isCritical && !NOT_CRITICAL.has(oid)).map(({ oid }) => oid);

interface Entry extends Revocation {
  readonly serial: string;
  readonly unknownCritical: readonly string[];
}

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');

const NO_EXTENSIONS: readonly Extension[] = [];

const readEntry = (node: DerNode): Entry => {
  const cursor = new DerCursor(node, TAG.sequence, 'crl_entry');
  const serial = hex(integerBytesOf(cursor.take()));
  const revokedAt = instantOf(cursor.take());
  const wrapped = cursor.takeIf(TAG.sequence);
  cursor.finish();
  const extensions = wrapped === undefined ? NO_EXTENSIONS : readExtensionList(wrapped);
  const reason = extensions.find(({ oid }) => oid === OID.crlReason);
  return {
    serial,
    revokedAt,
    reason: reason === undefined ? 'unspecified' : reasonOf(readDer(reason.value)),
    unknownCritical: unknownCriticalOf(extensions),
  };
};

const indexEntries = (list: DerNode | undefined) => {
  const places = new Map<string, DerNode>();
  const unknownCritical = new Set<string>();
  for (const node of list === undefined ? [] : childrenOf(list)) {
    const entry = readEntry(node);
    if (places.has(entry.serial)) throw new MalformedError('crl_entry_twice');
    if (places.size === MAX_ENTRIES) throw new MalformedError('crl_entries_too_many');
    places.set(entry.serial, node);
    for (const oid of entry.unknownCritical) unknownCritical.add(oid);
  }
  if (list !== undefined && places.size === 0) throw new MalformedError('crl_entries_empty');
  return { places, unknownCritical: [...unknownCritical] };
};

const readNumber = (value: Uint8Array): bigint => {
  const bytes = integerBytesOf(readDer(value));
  if (bytes.length > 20 || (bytes[0] ?? 0) >= 0x80) throw new MalformedError('crl_number');
  return BigInt(`0x${hex(bytes)}`);
};

const readAuthorityKey = (value: Uint8Array): Uint8Array | undefined => {
  const key = new DerCursor(readDer(value), TAG.sequence, 'authority_key').takeIf(TAG.context0);
  return key && bodyOf(key);
};

const timeIf = (cursor: DerCursor): Temporal.Instant | undefined => {
  const node = cursor.takeIf(TAG.utcTime) ?? cursor.takeIf(TAG.generalizedTime);
  return node && instantOf(node);
};

const readBody = (body: DerNode, signatureAlgorithm: Uint8Array) => {
  const cursor = new DerCursor(body, TAG.sequence, 'crl_body');
  // Version 1 has no extensions, so no number and no reasons: nobody who publishes lists today writes it.
  if (smallIntegerOf(cursor.take(TAG.integer)) !== 1) throw new MalformedError('crl_not_v2');
  if (!sameBytes(rawOf(cursor.take(TAG.sequence)), signatureAlgorithm))
    throw new MalformedError('crl_algorithms_differ');
  const issuerRaw = rawOf(cursor.take(TAG.sequence));
  const thisUpdate = instantOf(cursor.take());
  const nextUpdate = timeIf(cursor);
  const list = cursor.takeIf(TAG.sequence);
  const wrapped = cursor.takeIf(TAG.context0Constructed);
  cursor.finish();
  const inside = wrapped && new DerCursor(wrapped, TAG.context0Constructed, 'crl_extensions');
  const extensions = readExtensionList(inside?.take());
  inside?.finish();
  return { issuerRaw, thisUpdate, nextUpdate, list, extensions };
};

/** Reads a list of at most 32 MiB from DER that it fills exactly; throws MalformedError. Keeps a private copy. */
export const readCrl = (der: Uint8Array): Crl => {
  const own = Uint8Array.from(der);
  const { body, ...signed } = readSigned(readDer(own, LIMITS), 'crl');
  const { list, extensions, ...read } = readBody(body, signed.signatureAlgorithm);
  const { places, unknownCritical } = indexEntries(list);
  const valueOf = (wanted: string) => extensions.find(({ oid }) => oid === wanted)?.value;
  const [number, authorityKey] = [valueOf(OID.crlNumber), valueOf(OID.authorityKeyIdentifier)];
  return {
    ...signed,
    ...read,
    der: own,
    sha256: createHash('sha256').update(own).digest('hex'),
    number: number && readNumber(number),
    authorityKey: authorityKey && readAuthorityKey(authorityKey),
    size: places.size,
    unknownCritical: [...unknownCriticalOf(extensions), ...unknownCritical],
    find(serial) {
      const place = places.get(serial);
      if (place === undefined) return undefined;
      const { revokedAt, reason } = readEntry(place);
      return { revokedAt, reason };
    },
  };
};
