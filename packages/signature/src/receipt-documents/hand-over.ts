import { defineDocument } from './define-document.ts';
import { field } from './document-fields.ts';

/**
 * R2: the operator says that a report was handed to the agency's side of X-Road and was answered there. Only the security
 * servers can recompute the hash X-Road gives a request: it is kept to be compared with what they log.
 */
export interface HandOver {
  readonly version: 1;
  /** The postmark's `receiptNumber`. */
  readonly filingNumber: string;
  readonly agency: string;
  /** Which attempt it was, from 1. */
  readonly attempt: number;
  /** Header X-Road-Id, made by us; empty when the agency is not reached over X-Road. */
  readonly xRoadId: string;
  /** Header X-Road-Request-Id, made by our security server; empty as above. */
  readonly xRoadRequestId: string;
  /** Header X-Road-Request-Hash, base64 of SHA-512; empty as above. */
  readonly xRoadRequestHash: string;
  /** SHA-256 of the body of the agency's synchronous answer, lower-case hex. */
  readonly answerSha256: string;
  /** SHA-256 of report.xml, lower-case hex. */
  readonly reportSha256: string;
  /** When the answer was there; kept to the millisecond. */
  readonly handedOverAt: Temporal.Instant;
}

const document = defineDocument<HandOver>({
  version: field.version1,
  filingNumber: field.filled,
  agency: field.filled,
  attempt: field.numberFrom(1),
  xRoadId: field.text,
  xRoadRequestId: field.text,
  xRoadRequestHash: field.text,
  answerSha256: field.sha256,
  reportSha256: field.sha256,
  handedOverAt: field.instant,
});

/** The exact bytes that are signed as hand-over.json. */
export const serialiseHandOver = document.serialise;

/** Reads hand-over.json strictly. */
export const parseHandOver = document.parse;
