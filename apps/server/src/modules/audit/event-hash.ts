import { createHash } from 'node:crypto';
import type { AuditEvent } from './audit-event.ts';

/** What the first event of a chain, and the first checkpoint, has for the hash before it: 32 zero bytes. */
export const NO_HASH: Uint8Array = new Uint8Array(32);

/** The format's name and version: other bytes here, other hashes everywhere. */
const HEADING = Buffer.from('sochi-audit-event-1\n');
const ABSENT = Buffer.of(0);
const PRESENT = 1;

const textBytes = (text: string): Buffer => {
  if (!text.isWellFormed()) throw new RangeError('half of a surrogate pair cannot be written as UTF-8');
  return Buffer.from(text, 'utf8');
};

const field = (value: string | Uint8Array | null): readonly Uint8Array[] => {
  if (value === null) return [ABSENT];
  const bytes = typeof value === 'string' ? textBytes(value) : value;
  const heading = Buffer.alloc(5);
  heading.writeUInt8(PRESENT);
  heading.writeUInt32BE(bytes.length, 1);
  return [heading, bytes];
};

/** `2026-11-23T15:40:00.123456Z`: always six digits of a second. */
export const timeText = (at: Temporal.Instant): string => at.toString({ fractionalSecondDigits: 6 });

/**
 * The exact bytes that are hashed for an event: the ASCII text `sochi-audit-event-1` and a line feed, then its fields in the order
 * below. A field is the byte 00 when it is absent; otherwise the byte 01, the length of its bytes as four bytes (big-endian), and the
 * bytes: UTF-8 of a text, decimal digits of a number, the 32 bytes of a hash, and for the time UTC with six digits of a second.
 * Each field says where it ends, so two events never have the same bytes. Throws RangeError for a text that is no Unicode.
 */
export const eventBytes = (event: AuditEvent): Uint8Array =>
  Buffer.concat([
    HEADING,
    ...[
      event.chain,
      String(event.seq),
      timeText(event.at),
      event.act,
      event.actorKind,
      event.actorId,
      event.actorName,
      event.address,
      event.userAgent,
      event.onBehalfOf,
      event.subjectKind,
      event.subjectId,
      event.data,
      event.previousHash,
    ].flatMap(field),
  ]);

/** SHA-256 over the event's bytes: the link the next event of the chain holds on to. */
export const eventHash = (event: AuditEvent): Buffer =>
  createHash('sha256').update(eventBytes(event)).digest();
