import { defineDocument } from './define-document.ts';
import { field } from './document-fields.ts';

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

const document = defineDocument<AgencyReceipt>({
  version: field.version1,
  agency: field.filled,
  agencyNumber: field.filled,
  filingNumber: field.filled,
  reportSha256: field.sha256,
  signatureSha256: field.sha256,
  verdict: field.oneOf('signatures_valid'),
  receivedAt: field.instant,
});

/** The exact bytes that are signed as agency-receipt.json. */
export const serialiseAgencyReceipt = document.serialise;

/** Reads agency-receipt.json strictly. */
export const parseAgencyReceipt = document.parse;
