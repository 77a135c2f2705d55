import type pg from 'pg';
import type { IncomingReport } from './incoming-report.ts';

/** What was answered to a number, and to which bytes. */
export type StoredAnswer = {
  report_sha256: string;
  signature_sha256: string;
  agency_number: string | null;
  receipt: Buffer | null;
  receipt_signature: Buffer | null;
  refusal: string[] | null;
};

const ANSWER = 'report_sha256, signature_sha256, agency_number, receipt, receipt_signature, refusal';

export const findAnswer = async (pool: pg.Pool, number: string): Promise<StoredAnswer | undefined> => {
  const { rows } = await pool.query<StoredAnswer>({
    name: 'find-answer',
    text: `select ${ANSWER} from agency.report where number = $1`,
    values: [number],
  });
  return rows[0];
};

export type NewAnswer =
  | { agencyNumber: string; receipt: Uint8Array; receiptSignature: Uint8Array; decideAfterMs: number | null }
  | { refusal: string[] };

/** Stores a report with its answer, once: undefined when the number is there already. One statement, one commit. */
export const storeAnswer = async (
  pool: pg.Pool,
  { incoming, at, answer }: { incoming: IncomingReport; at: Temporal.Instant; answer: NewAnswer },
): Promise<StoredAnswer | undefined> => {
  const taken = 'receipt' in answer ? answer : undefined;
  const { rows } = await pool.query<StoredAnswer>({
    name: 'store-answer',
    text: `with stored as (
             insert into agency.report (number, form_id, company_inn, office, period_from, period_to, report_sha256, signature_sha256,
                                        report, signature, received_at, agency_number, receipt, receipt_signature, refusal)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
             on conflict (number) do nothing
             returning id, ${ANSWER}
           ), queued as (
             insert into agency.waiting (report_id, due_at)
             select id, $11::timestamptz + make_interval(secs => $16::float8 / 1000) from stored where $16::float8 is not null and receipt is not null
           )
           select ${ANSWER} from stored`,
    values: [
      incoming.number,
      incoming.formId,
      incoming.companyInn,
      incoming.office,
      incoming.period.from,
      incoming.period.to,
      incoming.reportSha256,
      incoming.signatureSha256,
      incoming.report,
      incoming.signature,
      at.toString(),
      taken?.agencyNumber ?? null,
      taken ? Buffer.from(taken.receipt) : null,
      taken ? Buffer.from(taken.receiptSignature) : null,
      'refusal' in answer ? JSON.stringify(answer.refusal) : null,
      taken?.decideAfterMs ?? null,
    ],
  });
  return rows[0];
};
