import { bishkekDay, type Clock } from '@sochi/kernel';
import { serialiseAgencyReceipt, type VerificationCache } from '@sochi/signature';
import type pg from 'pg';
import type { Robot } from './config.ts';
import type { IncomingReport } from './incoming-report.ts';
import { reasonsToRefuse } from './reasons-to-refuse.ts';
import { findAnswer, storeAnswer, type NewAnswer, type StoredAnswer } from './report-store.ts';
import type { AgencyKey } from './signing-key.ts';

export type IntakeContext = {
  pool: pg.Pool;
  key: AgencyKey;
  clock: Clock;
  cache: VerificationCache;
  robot: Robot | null;
  nextNumber: (year: number) => Promise<string>;
  /** Called after a report has been taken that is to be decided after `delayMs`. */
  onTaken: (delayMs: number) => void;
};

export type IntakeAnswer =
  | { kind: 'received'; agencyNumber: string; receipt: Uint8Array; signature: Uint8Array }
  | { kind: 'refused'; reasons: string[] }
  | { kind: 'conflict' };

/** What was answered to a number, as it was answered. */
export const answerOf = (stored: StoredAnswer): Exclude<IntakeAnswer, { kind: 'conflict' }> => {
  const { agency_number, receipt, receipt_signature, refusal } = stored;
  return agency_number !== null && receipt && receipt_signature
    ? { kind: 'received', agencyNumber: agency_number, receipt, signature: receipt_signature }
    : { kind: 'refused', reasons: refusal ?? [] };
};

const answerTo = (incoming: IncomingReport, stored: StoredAnswer): IntakeAnswer => {
  const isSame =
    stored.report_sha256 === incoming.reportSha256 && stored.signature_sha256 === incoming.signatureSha256;
  return isSame ? answerOf(stored) : { kind: 'conflict' };
};

const decide = async (
  ctx: IntakeContext,
  incoming: IncomingReport,
  call: { representedParty: string | undefined; at: Temporal.Instant },
): Promise<NewAnswer> => {
  const refusal = await reasonsToRefuse(ctx, incoming, call);
  if (refusal.length > 0) return { refusal };
  const agencyNumber = await ctx.nextNumber(bishkekDay(call.at).year);
  const receipt = serialiseAgencyReceipt({
    version: 1,
    agency: 'gns',
    agencyNumber,
    filingNumber: incoming.number,
    reportSha256: incoming.reportSha256,
    signatureSha256: incoming.signatureSha256,
    verdict: 'signatures_valid',
    receivedAt: call.at,
  });
  return {
    agencyNumber,
    receipt,
    receiptSignature: await ctx.key.sign(receipt, call.at),
    decideAfterMs: ctx.robot?.delayMs ?? null,
  };
};

/**
 * Takes a report: verifies, signs for it, commits, and only then answers. A number that was answered before gets that very
 * answer again, byte for byte, however often and from however many sides at once it comes; with other bytes it is a conflict.
 * Most numbers come once: the insert itself finds out, and only a repeated one costs a second look.
 */
export const takeReport = async (
  ctx: IntakeContext,
  incoming: IncomingReport,
  representedParty: string | undefined,
): Promise<IntakeAnswer> => {
  const at = ctx.clock.now();
  const answer = await decide(ctx, incoming, { representedParty, at });
  const stored = await storeAnswer(ctx.pool, { incoming, at, answer });
  if (stored) {
    if (ctx.robot && 'receipt' in answer) ctx.onTaken(ctx.robot.delayMs);
    return answerOf(stored);
  }
  const first = await findAnswer(ctx.pool, incoming.number);
  if (!first) throw new Error(`report ${incoming.number} was there and is gone`);
  return answerTo(incoming, first);
};
