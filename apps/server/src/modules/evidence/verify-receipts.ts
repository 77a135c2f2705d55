import { parseAgencyReceipt, parseDecision, type Postmark } from '@sochi/signature';
import { AGENCY, type BundleInspection, type Trust } from './bundle-inspection.ts';
import { receiptPaths } from './bundle-layout.ts';
import type { BundleReason } from './bundle-report.ts';

const readAgencyReceipt = (bytes: Uint8Array) => {
  const parsed = parseAgencyReceipt(bytes);
  return parsed.ok ? ({ ok: true, ...parsed.value, at: parsed.value.receivedAt } as const) : parsed;
};

const readDecision = (bytes: Uint8Array) => {
  const parsed = parseDecision(bytes);
  return parsed.ok
    ? ({ ok: true, ...parsed.value, signatureSha256: null, at: parsed.value.decidedAt } as const)
    : parsed;
};

const RECEIPTS = [
  {
    name: 'agency-receipt',
    check: 'agency_receipt',
    signature: 'agency_receipt_signature',
    read: readAgencyReceipt,
  },
  { name: 'decision', check: 'decision', signature: 'decision_signature', read: readDecision },
] as const;

interface ReceiptFacts {
  readonly filingNumber: string;
  readonly reportSha256: string;
  /** Null where the receipt does not speak of it. */
  readonly signatureSha256: string | null;
}

const problemOf = (receipt: ReceiptFacts, postmark: Postmark): BundleReason | null => {
  if (receipt.reportSha256 !== postmark.reportSha256) return 'other_report';
  const speaksOfOthers =
    receipt.signatureSha256 !== null && receipt.signatureSha256 !== postmark.signatureSha256;
  if (speaksOfOthers) return 'other_signatures';
  return receipt.filingNumber === postmark.receiptNumber ? null : 'other_number';
};

const checkReceipt = async (
  bundle: BundleInspection,
  trust: Trust,
  postmark: Postmark,
  { name, check, signature, read }: (typeof RECEIPTS)[number],
): Promise<void> => {
  const { json, p7s } = receiptPaths(name);
  if (!bundle.files.has(json) && !bundle.files.has(p7s)) return;
  if (!bundle.files.has(json) || !bundle.files.has(p7s)) return bundle.add(check, 'receipt_incomplete', name);
  const receipt = read(bundle.bytes(json));
  if (!receipt.ok) return bundle.add(check, receipt.reason, receipt.field);
  const problem = problemOf(receipt, postmark);
  bundle.add(check, problem, problem === null ? receipt.verdict : json);
  await bundle.verify({ check: signature, p7s, content: json, at: receipt.at, required: AGENCY }, trust);
};

/** Checks the agency's receipts against the postmark, each at its own time; a bundle may have none yet. */
export const checkReceipts = async (
  bundle: BundleInspection,
  trust: Trust,
  postmark: Postmark,
): Promise<void> => {
  for (const receipt of RECEIPTS) await checkReceipt(bundle, trust, postmark, receipt);
};
