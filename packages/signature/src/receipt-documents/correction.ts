import { defineDocument } from './define-document.ts';
import { field } from './document-fields.ts';

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

const document = defineDocument<Correction>(
  {
    version: field.version1,
    filingNumber: field.filled,
    correctsNumber: field.filled,
    correctsReportSha256: field.sha256,
    reportSha256: field.sha256,
    linkedAt: field.instant,
  },
  ({ correctsNumber, filingNumber }) => (correctsNumber === filingNumber ? 'correctsNumber' : undefined),
);

/** The exact bytes that are signed as correction.json. */
export const serialiseCorrection = document.serialise;

/** Reads correction.json strictly. */
export const parseCorrection = document.parse;
