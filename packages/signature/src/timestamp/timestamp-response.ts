/** What an authority sends back (RFC 3161 §2.4.2): a token, or why there is none. */
import { bodyOf, rawOf, readDer, type DerNode } from '../der/read-der.ts';
import { DerCursor, smallIntegerOf, textOf } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derSequence, derSmallInteger, derValue } from '../der/write-der.ts';
import { derUtf8String } from '../der/write-values.ts';
import { MalformedError } from '../malformed-error.ts';
import { readTimestampToken, type TimestampToken } from './read-timestamp-token.ts';
import { TIMESTAMP_FAILURES, type TimestampFailure } from './timestamp-request.ts';

export type TimestampResponse =
  | { readonly granted: true; readonly token: TimestampToken }
  | {
      readonly granted: false;
      /** Null when the authority does not say, or in a way this package does not know. */
      readonly failure: TimestampFailure | null;
      /** In the authority's own words; null when it has none. */
      readonly text: string | null;
    };

const GRANTED = derSequence(derSmallInteger(0));
const REJECTION = derSmallInteger(2);
const LIMITS = { maxBytes: 131_072, maxDepth: 40 };
const MAX_STATUS = 5;
const MAX_TEXTS = 8;

/** DER of the response that grants a token. */
export const writeTimestampResponse = (token: Uint8Array): Uint8Array => derSequence(GRANTED, token);

const failureBits = (bit: number): Uint8Array => {
  const bytes = new Uint8Array(2 + Math.trunc(bit / 8));
  bytes[0] = 7 - (bit % 8);
  bytes[bytes.length - 1] = 0x80 >> (bit % 8);
  return derValue(TAG.bitString, bytes);
};

/** DER of the response that refuses, with a word to whoever reads it. */
export const writeTimestampRefusal = (failure: TimestampFailure, text?: string): Uint8Array =>
  derSequence(
    derSequence(
      REJECTION,
      text === undefined ? new Uint8Array() : derSequence(derUtf8String(text)),
      failureBits(TIMESTAMP_FAILURES[failure]),
    ),
  );

const isFailure = (name: string): name is TimestampFailure => Object.hasOwn(TIMESTAMP_FAILURES, name);

const readFailure = (node: DerNode): TimestampFailure | null => {
  const [unused = 8, ...bytes] = bodyOf(node);
  if (unused > 7 || bytes.length > 8) throw new MalformedError('timestamp_failure');
  const isSet = (bit: number) => (((bytes[Math.trunc(bit / 8)] ?? 0) << (bit % 8)) & 0x80) !== 0;
  for (const [name, bit] of Object.entries(TIMESTAMP_FAILURES))
    if (isSet(bit) && isFailure(name)) return name;
  return null;
};

const readText = (node: DerNode): string | null => {
  const texts = new DerCursor(node, TAG.sequence, 'timestamp_texts').rest();
  if (texts.length > MAX_TEXTS) throw new MalformedError('timestamp_texts_too_many');
  const words = texts.map((text) => textOf(text)).filter((text) => text !== undefined);
  return words.length === 0 ? null : words.join(' ');
};

const readStatus = (node: DerNode) => {
  const cursor = new DerCursor(node, TAG.sequence, 'timestamp_status');
  const status = smallIntegerOf(cursor.take());
  const text = cursor.takeIf(TAG.sequence);
  const failure = cursor.takeIf(TAG.bitString);
  cursor.finish();
  if (status > MAX_STATUS) throw new MalformedError('timestamp_status');
  // 0: granted, 1: granted, but not as asked; the token itself says how.
  return {
    granted: status <= 1,
    text: text === undefined ? null : readText(text),
    failure: failure === undefined ? null : readFailure(failure),
  };
};

/** Reads a response of at most 128 KiB from DER that it fills exactly; throws MalformedError. Keeps a private copy. */
export const readTimestampResponse = (der: Uint8Array): TimestampResponse => {
  const cursor = new DerCursor(readDer(der, LIMITS), TAG.sequence, 'timestamp_response');
  const { granted, text, failure } = readStatus(cursor.take());
  const token = cursor.takeIf(TAG.sequence);
  cursor.finish();
  if (granted !== (token !== undefined)) throw new MalformedError('timestamp_status_and_token');
  return token === undefined
    ? { granted: false, failure, text }
    : { granted: true, token: readTimestampToken(rawOf(token)) };
};
