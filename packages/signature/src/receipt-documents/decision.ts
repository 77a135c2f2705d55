import { epochSeconds, firstMisfit, instantFrom, utcText } from './field-values.ts';
import {
  parseLines,
  refusedDocument,
  writeLines,
  type DocumentFields,
  type ParsedDocument,
} from './line-document.ts';

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

/** The exact bytes that are signed as decision.json. */
export const serialiseDecision = (decision: Decision): Uint8Array =>
  writeLines([
    ['version', decision.version],
    ['agency', decision.agency],
    ['agencyNumber', decision.agencyNumber],
    ['filingNumber', decision.filingNumber],
    ['reportSha256', decision.reportSha256],
    ['verdict', decision.verdict],
    ['reasons', decision.reasons],
    ['text', decision.text],
    ['decidedAt', utcText(decision.decidedAt)],
    ['decidedAtEpoch', epochSeconds(decision.decidedAt)],
  ]);

const KINDS = {
  version: 'number',
  agency: 'text',
  agencyNumber: 'text',
  filingNumber: 'text',
  reportSha256: 'text',
  verdict: 'text',
  reasons: 'codes',
  text: 'text',
  decidedAt: 'text',
  decidedAtEpoch: 'number',
} as const;

const build = (fields: DocumentFields): ParsedDocument<Decision> => {
  const misfit = firstMisfit(fields, {
    sha256: ['reportSha256'],
    filled: ['agency', 'agencyNumber', 'filingNumber'],
  });
  if (misfit !== undefined) return misfit;
  const decidedAt = instantFrom(fields.text('decidedAt'));
  if (decidedAt === undefined) return refusedDocument('bad_value', 'decidedAt');
  if (fields.number('version') !== 1) return refusedDocument('bad_value', 'version');
  const verdict = fields.text('verdict');
  if (verdict !== 'accepted' && verdict !== 'rejected') return refusedDocument('bad_value', 'verdict');
  return {
    ok: true,
    value: {
      version: 1,
      agency: fields.text('agency'),
      agencyNumber: fields.text('agencyNumber'),
      filingNumber: fields.text('filingNumber'),
      reportSha256: fields.text('reportSha256'),
      verdict,
      reasons: fields.codes('reasons'),
      text: fields.text('text'),
      decidedAt,
    },
  };
};

/** Reads decision.json strictly. */
export const parseDecision = (bytes: Uint8Array): ParsedDocument<Decision> =>
  parseLines(bytes, KINDS, build, serialiseDecision);
