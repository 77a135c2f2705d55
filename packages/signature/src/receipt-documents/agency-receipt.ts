import { epochSeconds, firstMisfit, instantFrom, utcText } from './field-values.ts';
import {
  parseLines,
  refusedDocument,
  writeLines,
  type DocumentFields,
  type ParsedDocument,
} from './line-document.ts';

/** R3: the agency says that the report has come and that both its signatures hold. */
export interface AgencyReceipt {
  readonly version: 1;
  readonly agency: string;
  /** The agency's own number. */
  readonly agencyNumber: string;
  /** Our number: the postmark's `receiptNumber`. */
  readonly filingNumber: string;
  /** SHA-256 of report.xml, lower-case hex. */
  readonly reportSha256: string;
  /** SHA-256 of report.p7s, lower-case hex. */
  readonly signatureSha256: string;
  readonly verdict: 'signatures_valid';
  /** Kept to the millisecond. */
  readonly receivedAt: Temporal.Instant;
}

/** The exact bytes that are signed as agency-receipt.json. */
export const serialiseAgencyReceipt = (receipt: AgencyReceipt): Uint8Array =>
  writeLines([
    ['version', receipt.version],
    ['agency', receipt.agency],
    ['agencyNumber', receipt.agencyNumber],
    ['filingNumber', receipt.filingNumber],
    ['reportSha256', receipt.reportSha256],
    ['signatureSha256', receipt.signatureSha256],
    ['verdict', receipt.verdict],
    ['receivedAt', utcText(receipt.receivedAt)],
    ['receivedAtEpoch', epochSeconds(receipt.receivedAt)],
  ]);

const KINDS = {
  version: 'number',
  agency: 'text',
  agencyNumber: 'text',
  filingNumber: 'text',
  reportSha256: 'text',
  signatureSha256: 'text',
  verdict: 'text',
  receivedAt: 'text',
  receivedAtEpoch: 'number',
} as const;

const build = (fields: DocumentFields): ParsedDocument<AgencyReceipt> => {
  const misfit = firstMisfit(fields, {
    sha256: ['reportSha256', 'signatureSha256'],
    filled: ['agency', 'agencyNumber', 'filingNumber'],
  });
  if (misfit !== undefined) return misfit;
  const receivedAt = instantFrom(fields.text('receivedAt'));
  if (receivedAt === undefined) return refusedDocument('bad_value', 'receivedAt');
  if (fields.number('version') !== 1) return refusedDocument('bad_value', 'version');
  const verdict = fields.text('verdict');
  if (verdict !== 'signatures_valid') return refusedDocument('bad_value', 'verdict');
  return {
    ok: true,
    value: {
      version: 1,
      agency: fields.text('agency'),
      agencyNumber: fields.text('agencyNumber'),
      filingNumber: fields.text('filingNumber'),
      reportSha256: fields.text('reportSha256'),
      signatureSha256: fields.text('signatureSha256'),
      verdict,
      receivedAt,
    },
  };
};

/** Reads agency-receipt.json strictly. */
export const parseAgencyReceipt = (bytes: Uint8Array): ParsedDocument<AgencyReceipt> =>
  parseLines(bytes, KINDS, build, serialiseAgencyReceipt);
