import { bishkekDay, type Clock } from '@sochi/kernel';
import { serialiseAgencyReceipt } from '@sochi/signature';
import type pg from 'pg';
import type { Robot } from './config.ts';
import { reasonsToRefuse, sha256, type IncomingReport } from './incoming-report.ts';
import { findAnswer, storeAnswer, type NewAnswer, type StoredAnswer } from './report-store.ts';
import type { AgencyKey } from './signing-key.ts';

export type IntakeContext = {
  pool: pg.Pool;
  key: AgencyKey;
  clock: Clock;
  robot: Robot | null;
  nextNumber: (year: number) => Promise<string>;
  /** Called after a report has been taken, so that the robot knows there is work. */
  onTaken: () => void;
};

export type IntakeAnswer =
  | { kind: 'received'; agencyNumber: string; receipt: Uint8Array; signature: Uint8Array }
  | { kind: 'refused'; reasons: string[] }
  | { kind: 'conflict' };

const answerOf = (stored: StoredAnswer, incoming: IncomingReport): IntakeAnswer => {
  const same =
    stored.report_sha256 === sha256(incoming.report) &&
    stored.signature_sha256 === sha256(incoming.signature);
  if (!same) return { kind: 'conflict' };
  const { agency_number, receipt, receipt_signature, refusal } = stored;
  if (agency_number !== null && receipt && receipt_signature) {
    return { kind: 'received', agencyNumber: agency_number, receipt, signature: receipt_signature };
  }
  return { kind: 'refused', reasons: refusal ?? ['unknown'] };
};

const decide = async (
  ctx: IntakeContext,
  incoming: IncomingReport,
  representedParty: string | undefined,
  receivedAt: Temporal.Instant,
): Promise<NewAnswer> => {
  const refusal = await reasonsToRefuse(ctx.key, incoming, representedParty, receivedAt);
  if (refusal.length > 0) return { refusal };
  const agencyNumber = await ctx.nextNumber(bishkekDay(receivedAt).year);
  const receipt = serialiseAgencyReceipt({
    version: 1,
    agency: 'gns',
    agencyNumber,
    filingNumber: incoming.number,
    reportSha256: sha256(incoming.report),
    signatureSha256: sha256(incoming.signature),
    verdict: 'signatures_valid',
    receivedAt,
  });
  return {
    agencyNumber,
    receipt,
    receiptSignature: await ctx.key.sign(receipt, receivedAt),
    decideAfterMs: ctx.robot?.delayMs ?? null,
  };
};

/**
 * Takes a report: verifies, signs for it, commits, and only then answers. A number that was answered before gets that very
 * answer again, byte for byte, however often and from however many sides at once it comes.
 */
export const takeReport = async (
  ctx: IntakeContext,
  incoming: IncomingReport,
  representedParty: string | undefined,
): Promise<IntakeAnswer> => {
  const known = await findAnswer(ctx.pool, incoming.number);
  if (known) return answerOf(known, incoming);
  const receivedAt = ctx.clock.now();
  const answer = await decide(ctx, incoming, representedParty, receivedAt);
  const stored = await storeAnswer(ctx.pool, incoming, receivedAt, answer);
  if (stored) {
    ctx.onTaken();
    return answerOf(stored, incoming);
  }
  const first = await findAnswer(ctx.pool, incoming.number);
  if (!first) throw new Error(`report ${incoming.number} was there and is gone`);
  return answerOf(first, incoming);
};
