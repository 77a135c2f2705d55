/** The two steps of publishing a revocation list (RFC 5280 §5): version 2, complete for one issuer, numbered. */
import type { Certificate } from '../certificate/certificate.ts';
import { assembleSigned, issuingAlgorithm, type ToSign } from '../ca/to-sign.ts';
import { authorityKeyExtension, derExtension, issuerKeyIdentifier } from '../ca/write-extensions.ts';
import { derTime } from '../der/time.ts';
import { derOid, derOctetString, derSequence, derSmallInteger } from '../der/write-der.ts';
import { derContext, derNumber, derUnsigned } from '../der/write-values.ts';
import { OID } from '../oids.ts';
import { writeReason, type Revocation, type RevocationReason } from './revocation-reason.ts';

/** A revoked certificate of the issuer; `serial` is big-endian bytes or the hex of `Certificate.serial`. */
export interface CrlEntry extends Revocation {
  readonly serial: Uint8Array | string;
}

export interface CrlOrder {
  /** The certificate whose key signs: the issuer of everything listed. */
  readonly issuer: Certificate;
  /** Grows with every list of the issuer. */
  readonly number: bigint | number;
  /** Times are cut to the second. */
  readonly thisUpdate: Temporal.Instant;
  readonly nextUpdate: Temporal.Instant;
  readonly entries: readonly CrlEntry[];
}

const REASON = derOid(OID.crlReason);

const reasonExtensions = (reason: RevocationReason): Uint8Array => {
  const value = writeReason(reason);
  return value === undefined ? new Uint8Array() : derSequence(derSequence(REASON, derOctetString(value)));
};

const writeEntry = ({ serial, revokedAt, reason }: CrlEntry): Uint8Array =>
  derSequence(
    derUnsigned(typeof serial === 'string' ? Buffer.from(serial, 'hex') : serial),
    derTime(revokedAt),
    reasonExtensions(reason),
  );

// RFC 5280 §5.1.2.6: without an entry the whole SEQUENCE is absent. Joined first: a list may hold a hundred thousand.
const writeEntries = (entries: readonly CrlEntry[]): Uint8Array =>
  entries.length === 0 ? new Uint8Array() : derSequence(Buffer.concat(entries.map(writeEntry)));

/** First step: the bytes the issuer's key must sign with `algorithm`. Throws IssuingError `unsupported_key`. */
export const prepareCrl = ({ issuer, number, thisUpdate, nextUpdate, entries }: CrlOrder): ToSign => {
  const algorithm = issuingAlgorithm(issuer);
  const toBeSigned = derSequence(
    derSmallInteger(1),
    algorithm.certificateIdentifier,
    issuer.subjectRaw,
    derTime(thisUpdate),
    derTime(nextUpdate),
    writeEntries(entries),
    derContext(
      0,
      derSequence(
        authorityKeyExtension(issuerKeyIdentifier(issuer)),
        derExtension(OID.crlNumber, derNumber(number)),
      ),
    ),
  );
  return { toBeSigned, algorithm };
};

/** Second step: DER of the list. The signature is not verified here. */
export const assembleCrl = (prepared: ToSign, signature: Uint8Array): Uint8Array =>
  assembleSigned(prepared, signature);
