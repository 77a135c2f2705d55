import { epochSeconds, firstMisfit, instantFrom, utcText } from './field-values.ts';
import {
  parseLines,
  refusedDocument,
  writeLines,
  type DocumentFields,
  type ParsedDocument,
} from './line-document.ts';

/** R5: the operator says that a report takes the place of an earlier one of the same company, form and period. */
export interface Correction {
  readonly version: 1;
  /** The correcting report's number: its postmark's `receiptNumber`. */
  readonly filingNumber: string;
  /** The number of the report it corrects; never its own. */
  readonly correctsNumber: string;
  /** SHA-256 of the corrected report.xml, lower-case hex. */
  readonly correctsReportSha256: string;
  /** SHA-256 of the correcting report.xml, lower-case hex. */
  readonly reportSha256: string;
  /** Kept to the millisecond. */
  readonly linkedAt: Temporal.Instant;
}

/** The exact bytes that are signed as correction.json. */
export const serialiseCorrection = (correction: Correction): Uint8Array =>
  writeLines([
    ['version', correction.version],
    ['filingNumber', correction.filingNumber],
    ['correctsNumber', correction.correctsNumber],
    ['correctsReportSha256', correction.correctsReportSha256],
    ['reportSha256', correction.reportSha256],
    ['linkedAt', utcText(correction.linkedAt)],
    ['linkedAtEpoch', epochSeconds(correction.linkedAt)],
  ]);

const KINDS = {
  version: 'number',
  filingNumber: 'text',
  correctsNumber: 'text',
  correctsReportSha256: 'text',
  reportSha256: 'text',
  linkedAt: 'text',
  linkedAtEpoch: 'number',
} as const;

const build = (fields: DocumentFields): ParsedDocument<Correction> => {
  const misfit = firstMisfit(fields, {
    sha256: ['correctsReportSha256', 'reportSha256'],
    filled: ['filingNumber', 'correctsNumber'],
  });
  if (misfit !== undefined) return misfit;
  const isItself = fields.text('correctsNumber') === fields.text('filingNumber');
  if (isItself) return refusedDocument('bad_value', 'correctsNumber');
  const linkedAt = instantFrom(fields.text('linkedAt'));
  if (linkedAt === undefined) return refusedDocument('bad_value', 'linkedAt');
  if (fields.number('version') !== 1) return refusedDocument('bad_value', 'version');
  return {
    ok: true,
    value: {
      version: 1,
      filingNumber: fields.text('filingNumber'),
      correctsNumber: fields.text('correctsNumber'),
      correctsReportSha256: fields.text('correctsReportSha256'),
      reportSha256: fields.text('reportSha256'),
      linkedAt,
    },
  };
};

/** Reads correction.json strictly. */
export const parseCorrection = (bytes: Uint8Array): ParsedDocument<Correction> =>
  parseLines(bytes, KINDS, build, serialiseCorrection);
