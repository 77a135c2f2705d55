import { defineDocument } from './define-document.ts';
import { field } from './document-fields.ts';

/** R4: the curator accepts or rejects the report. */
export interface Decision {
  readonly version: 1;
  readonly agency: string;
  /** The agency's own number. */
  readonly agencyNumber: string;
  /** Our number: the postmark's `receiptNumber`. */
  readonly filingNumber: string;
  /** SHA-256 of report.xml, lower-case hex. */
  readonly reportSha256: string;
  readonly verdict: 'accepted' | 'rejected';
  /** Rule codes; empty when accepted. */
  readonly reasons: readonly string[];
  /** The curator's words, in the curator's language. */
  readonly text: string;
  /** Kept to the millisecond. */
  readonly decidedAt: Temporal.Instant;
}

const document = defineDocument<Decision>({
  version: field.version1,
  agency: field.filled,
  agencyNumber: field.filled,
  filingNumber: field.filled,
  reportSha256: field.sha256,
  verdict: field.oneOf('accepted', 'rejected'),
  reasons: field.codesThat(() => true),
  text: field.text,
  decidedAt: field.instant,
});

/** The exact bytes that are signed as decision.json. */
export const serialiseDecision = document.serialise;

/** Reads decision.json strictly. */
export const parseDecision = document.parse;
