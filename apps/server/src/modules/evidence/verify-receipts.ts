import {
  parseAgencyReceipt,
  parseCorrection,
  parseDecision,
  parseHandOver,
  type DocumentProblem,
  type VerificationReport,
} from '@sochi/signature';
import { AGENCY, OPERATOR, type BundleInspection, type Trust } from './bundle-inspection.ts';
import { receiptPaths } from './bundle-layout.ts';
import type { BundleReason } from './bundle-report.ts';
import { isInOrder, isSameMoment, lastStamp } from './bundle-times.ts';
import type { ProvenPostmark } from './verify-postmark.ts';

interface ReceiptFacts {
  readonly ok: true;
  readonly filingNumber: string;
  readonly reportSha256: string;
  /** Null where the receipt does not speak of it. */
  readonly signatureSha256: string | null;
  /** When it says it was made. */
  readonly at: Temporal.Instant;
  /** What it says, in a word. */
  readonly says: string;
}

type ReadReceipt =
  ReceiptFacts | { readonly ok: false; readonly reason: DocumentProblem; readonly field: string | null };

const readHandOver = (bytes: Uint8Array): ReadReceipt => {
  const parsed = parseHandOver(bytes);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  return { ok: true, ...value, signatureSha256: null, at: value.handedOverAt, says: String(value.attempt) };
};

const readAgencyReceipt = (bytes: Uint8Array): ReadReceipt => {
  const parsed = parseAgencyReceipt(bytes);
  if (!parsed.ok) return parsed;
  return { ok: true, ...parsed.value, at: parsed.value.receivedAt, says: parsed.value.verdict };
};

const readDecision = (bytes: Uint8Array): ReadReceipt => {
  const parsed = parseDecision(bytes);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  return { ok: true, ...value, signatureSha256: null, at: value.decidedAt, says: value.verdict };
};

const readCorrection = (bytes: Uint8Array): ReadReceipt => {
  const parsed = parseCorrection(bytes);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  return { ok: true, ...value, signatureSha256: null, at: value.linkedAt, says: value.correctsNumber };
};

const RECEIPTS = [
  { name: 'hand-over', check: 'hand_over', by: OPERATOR, read: readHandOver },
  { name: 'agency-receipt', check: 'agency_receipt', by: AGENCY, read: readAgencyReceipt },
  { name: 'decision', check: 'decision', by: AGENCY, read: readDecision },
  { name: 'correction', check: 'correction', by: OPERATOR, read: readCorrection },
] as const;
type Receipt = (typeof RECEIPTS)[number];

const problemOf = (receipt: ReceiptFacts, postmark: ProvenPostmark): BundleReason | null => {
  if (receipt.reportSha256 !== postmark.reportSha256) return 'other_report';
  const speaksOfOthers =
    receipt.signatureSha256 !== null && receipt.signatureSha256 !== postmark.signatureSha256;
  if (speaksOfOthers) return 'other_signatures';
  return receipt.filingNumber === postmark.receiptNumber ? null : 'other_number';
};

/** The operator's documents are stamped when they are made, the agency's when they arrive; none is older than its cause. */
const timeProblem = (
  { at }: ReceiptFacts,
  { by }: Receipt,
  stampedAt: Temporal.Instant,
  after: Temporal.Instant,
): BundleReason | null => {
  const isStamped = by === OPERATOR ? isSameMoment(at, stampedAt) : isInOrder(at, stampedAt);
  if (!isStamped) return by === OPERATOR ? 'stated_time_differs' : 'wrong_order';
  return isInOrder(after, at) ? null : 'wrong_order';
};

const checkTime = (
  bundle: BundleInspection,
  receipt: Receipt,
  facts: ReceiptFacts,
  { report, after }: { readonly report: VerificationReport; readonly after: Temporal.Instant },
): void => {
  const stampedAt = lastStamp(report);
  // Without a timestamp the signature has failed its own check.
  if (stampedAt === undefined) return;
  bundle.add(`${receipt.check}_time`, timeProblem(facts, receipt, stampedAt, after), stampedAt.toString());
};

/** What stands before the receipts, and what the agency said it received when. */
interface Course {
  readonly trust: Trust;
  readonly postmark: ProvenPostmark;
  readonly receivedAt: Temporal.Instant;
}

const checkReceipt = async (
  bundle: BundleInspection,
  { trust, postmark, receivedAt }: Course,
  receipt: Receipt,
): Promise<ReceiptFacts | undefined> => {
  const { name, check, by, read } = receipt;
  const { json, p7s } = receiptPaths(name);
  if (!bundle.files.has(json) && !bundle.files.has(p7s)) return undefined;
  if (!bundle.files.has(json) || !bundle.files.has(p7s))
    return void bundle.add(check, 'document_incomplete', name);
  const facts = read(bundle.bytes(json));
  if (!facts.ok) return void bundle.add(check, facts.reason, facts.field);
  const problem = problemOf(facts, postmark);
  bundle.add(check, problem, problem === null ? facts.says : json);
  const report = await bundle.verify(
    {
      p7s,
      content: json,
      checks: { signature: `${check}_signature`, revocation: `${check}_revocation` },
      document: name,
      stated: facts.at,
      required: by,
    },
    trust,
  );
  const after = name === 'decision' ? receivedAt : postmark.stampedAt;
  checkTime(bundle, receipt, facts, { report, after });
  return facts;
};

/** Checks what came after the postmark, each document at its own time; a bundle may have none of it yet. */
export const checkReceipts = async (
  bundle: BundleInspection,
  trust: Trust,
  postmark: ProvenPostmark,
): Promise<void> => {
  let receivedAt = postmark.stampedAt;
  for (const receipt of RECEIPTS) {
    const facts = await checkReceipt(bundle, { trust, postmark, receivedAt }, receipt);
    if (receipt.name === 'agency-receipt' && facts !== undefined) receivedAt = facts.at;
  }
};
