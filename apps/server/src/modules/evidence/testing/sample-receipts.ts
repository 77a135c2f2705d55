/** What comes after the postmark of the sample bundle. */
import {
  serialiseAgencyReceipt,
  serialiseCorrection,
  serialiseDecision,
  serialiseHandOver,
  type AgencyReceipt,
  type Correction,
  type Decision,
  type HandOver,
} from '@sochi/signature';
import type { ReceiptName } from '../bundle-layout.ts';

/** Fields that differ from the sample's. */
export interface ReceiptChanges {
  readonly 'hand-over'?: Partial<HandOver>;
  readonly 'agency-receipt'?: Partial<AgencyReceipt>;
  readonly decision?: Partial<Decision>;
  readonly correction?: Partial<Correction>;
}

export interface SampleReceipt {
  readonly name: ReceiptName;
  readonly by: 'operator' | 'agency';
  readonly json: Uint8Array;
  readonly at: Temporal.Instant;
}

const XROAD_HASH = '14sEri8SmLNy/DJyTob0ZddAskmdRy5ZUyhbr33iLkaA+gLpWcivUH16fzbuIs7hhs2AnA4lJDloyIihXMlVQA==';

/** The four documents: handed over two seconds after the postmark, received at once, decided three weeks later. */
export const sampleReceipts = (
  postmarkedAt: Temporal.Instant,
  hashes: { readonly reportSha256: string; readonly signatureSha256: string },
  changes: ReceiptChanges = {},
): SampleReceipt[] => {
  const { reportSha256 } = hashes;
  const shared = { version: 1, filingNumber: '2026-000123', reportSha256 } as const;
  const agency = { agency: 'gns', agencyNumber: 'ГНС-7/2026' } as const;
  const handedOverAt = postmarkedAt.add({ seconds: 2 });
  const receivedAt = postmarkedAt.add({ milliseconds: 2100 });
  const decidedAt = postmarkedAt.add({ hours: 21 * 24 });
  const handOver: HandOver = {
    ...shared,
    agency: 'gns',
    attempt: 1,
    xRoadId: 'KG-4894',
    xRoadRequestId: '9bc95b6e',
    xRoadRequestHash: XROAD_HASH,
    answerSha256: 'e'.repeat(64),
    handedOverAt,
    ...changes['hand-over'],
  };
  const receipt: AgencyReceipt = {
    ...shared,
    ...agency,
    ...hashes,
    verdict: 'signatures_valid',
    receivedAt,
    ...changes['agency-receipt'],
  };
  const decision: Decision = {
    ...shared,
    ...agency,
    verdict: 'rejected',
    reasons: ['sti-091.186', 'sti-091.187'],
    text: 'Строка 186: «итого»\nне сходится',
    decidedAt,
    ...changes.decision,
  };
  const correction: Correction = {
    ...shared,
    correctsNumber: '2026-000007',
    correctsReportSha256: 'c'.repeat(64),
    linkedAt: postmarkedAt,
    ...changes.correction,
  };
  return [
    { name: 'hand-over', by: 'operator', json: serialiseHandOver(handOver), at: handOver.handedOverAt },
    { name: 'agency-receipt', by: 'agency', json: serialiseAgencyReceipt(receipt), at: receipt.receivedAt },
    { name: 'decision', by: 'agency', json: serialiseDecision(decision), at: decision.decidedAt },
    { name: 'correction', by: 'operator', json: serialiseCorrection(correction), at: correction.linkedAt },
  ];
};
