import type { DeliveryOutcome } from '@sochi/connector-kit';
import { serialiseHandOver } from '@sochi/signature';
import { createHash } from 'node:crypto';
import { revocationEvidence, type RevocationFile } from '#modules/certification/index.ts';
import type { ProvenDocument } from '#modules/filings/index.ts';
import { timestampSigners } from '#modules/timestamping/index.ts';
import type { AppContext } from '../../context.ts';
import type { ClaimedFiling } from './queries.ts';

/** The agency's acceptance, its receipt checked: when the call began, and what is said of the agency's certificate now. */
export type ProvableAcceptance = Extract<DeliveryOutcome, { outcome: 'accepted' }> & {
  handedOverAt: Temporal.Instant;
  revocation: readonly RevocationFile[];
};

type ProofContext = Pick<AppContext, 'operator' | 'timestamps' | 'responder' | 'revocationLists'>;

/**
 * Makes a lasting proof of a document that the agency signed: its signature, otherwise untouched, gets our timestamp. Refuses with
 * `timestamp.unavailable`; throws MalformedError.
 */
export const proveSigned = async (
  ctx: Pick<AppContext, 'timestamps'>,
  document: ProvenDocument,
): Promise<ProvenDocument> => ({
  ...document,
  signature: await timestampSigners(ctx.timestamps, document.signature),
});

const makeHandOver = async (
  ctx: ProofContext,
  filing: ClaimedFiling,
  { evidence, receipt, handedOverAt }: ProvableAcceptance,
): Promise<ProvenDocument> => {
  const json = serialiseHandOver({
    version: 1,
    filingNumber: filing.number,
    agency: filing.agency,
    attempt: filing.attempt,
    xRoadId: evidence.xRoadId,
    xRoadRequestId: evidence.xRoadRequestId,
    xRoadRequestHash: evidence.xRoadRequestHash,
    answerSha256: createHash('sha256').update(receipt.json).digest('hex'),
    reportSha256: filing.report_sha256.toString('hex'),
    handedOverAt,
  });
  const [signature, revocation] = await Promise.all([
    ctx.operator.sign(json),
    revocationEvidence(ctx, [ctx.operator.certificate]),
  ]);
  return { json, signature, revocation };
};

/** What is kept when an agency has taken a report: our record of the hand-over (R2) and the agency's receipt (R3). */
export const proveDelivery = async (
  ctx: ProofContext,
  filing: ClaimedFiling,
  accepted: ProvableAcceptance,
): Promise<{ handOver: ProvenDocument; receipt: ProvenDocument }> => {
  const { json, p7s: signature } = accepted.receipt;
  const [handOver, receipt] = await Promise.all([
    makeHandOver(ctx, filing, accepted),
    proveSigned(ctx, { json, signature, revocation: accepted.revocation }),
  ]);
  return { handOver, receipt };
};
