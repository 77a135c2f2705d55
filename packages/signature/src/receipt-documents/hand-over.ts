import { epochSeconds, firstMisfit, instantFrom, utcText } from './field-values.ts';
import {
  parseLines,
  refusedDocument,
  writeLines,
  type DocumentFields,
  type ParsedDocument,
} from './line-document.ts';

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

/** The exact bytes that are signed as hand-over.json. */
export const serialiseHandOver = (handOver: HandOver): Uint8Array =>
  writeLines([
    ['version', handOver.version],
    ['filingNumber', handOver.filingNumber],
    ['agency', handOver.agency],
    ['attempt', handOver.attempt],
    ['xRoadId', handOver.xRoadId],
    ['xRoadRequestId', handOver.xRoadRequestId],
    ['xRoadRequestHash', handOver.xRoadRequestHash],
    ['answerSha256', handOver.answerSha256],
    ['reportSha256', handOver.reportSha256],
    ['handedOverAt', utcText(handOver.handedOverAt)],
    ['handedOverAtEpoch', epochSeconds(handOver.handedOverAt)],
  ]);

const KINDS = {
  version: 'number',
  filingNumber: 'text',
  agency: 'text',
  attempt: 'number',
  xRoadId: 'text',
  xRoadRequestId: 'text',
  xRoadRequestHash: 'text',
  answerSha256: 'text',
  reportSha256: 'text',
  handedOverAt: 'text',
  handedOverAtEpoch: 'number',
} as const;

const build = (fields: DocumentFields): ParsedDocument<HandOver> => {
  const misfit = firstMisfit(fields, {
    sha256: ['answerSha256', 'reportSha256'],
    filled: ['filingNumber', 'agency'],
  });
  if (misfit !== undefined) return misfit;
  const attempt = fields.number('attempt');
  if (attempt < 1) return refusedDocument('bad_value', 'attempt');
  const handedOverAt = instantFrom(fields.text('handedOverAt'));
  if (handedOverAt === undefined) return refusedDocument('bad_value', 'handedOverAt');
  if (fields.number('version') !== 1) return refusedDocument('bad_value', 'version');
  return {
    ok: true,
    value: {
      version: 1,
      filingNumber: fields.text('filingNumber'),
      agency: fields.text('agency'),
      attempt,
      xRoadId: fields.text('xRoadId'),
      xRoadRequestId: fields.text('xRoadRequestId'),
      xRoadRequestHash: fields.text('xRoadRequestHash'),
      answerSha256: fields.text('answerSha256'),
      reportSha256: fields.text('reportSha256'),
      handedOverAt,
    },
  };
};

/** Reads hand-over.json strictly. */
export const parseHandOver = (bytes: Uint8Array): ParsedDocument<HandOver> =>
  parseLines(bytes, KINDS, build, serialiseHandOver);
