import {
  createVerificationCache,
  parseAgencyReceipt,
  parseDecision,
  verifySignedData,
  type AgencyReceipt,
  type Decision,
} from '@sochi/signature';
import type { AppContext } from '../../context.ts';

type SignedBytes = { json: Uint8Array; signature: Uint8Array };
export type Checked<T> = { ok: true; value: T } | { ok: false; reason: string };

const cache = createVerificationCache();

const signatureProblem = async (
  ctx: Pick<AppContext, 'operator' | 'clock'>,
  { json, signature }: SignedBytes,
): Promise<string | undefined> => {
  const report = await verifySignedData({
    cms: signature,
    content: json,
    trustAnchors: [ctx.operator.root],
    intermediates: [ctx.operator.issuing],
    at: ctx.clock.now(),
    required: { roles: ['agency'] },
    cache,
  });
  if (report.indication === 'TOTAL-PASSED') return undefined;
  return report.checks.find(({ status }) => status !== 'passed')?.reason ?? 'unknown';
};

/** An agency's receipt, only if the agency really signed it and it is about exactly these bytes. */
export const checkReceipt = async (
  ctx: Pick<AppContext, 'operator' | 'clock'>,
  receipt: SignedBytes,
  filing: { number: string; agency: string; reportSha256: string; signatureSha256: string },
): Promise<Checked<AgencyReceipt>> => {
  const parsed = parseAgencyReceipt(receipt.json);
  if (!parsed.ok) return { ok: false, reason: 'the receipt cannot be read' };
  const { value } = parsed;
  const same =
    value.filingNumber === filing.number &&
    value.agency === filing.agency &&
    value.reportSha256 === filing.reportSha256 &&
    value.signatureSha256 === filing.signatureSha256;
  if (!same) return { ok: false, reason: 'the receipt is about another report' };
  const problem = await signatureProblem(ctx, receipt);
  return problem ? { ok: false, reason: `the receipt's signature: ${problem}` } : { ok: true, value };
};

/** A curator's decision, only if this agency really signed it. Which filing it is about is for the caller to compare. */
export const checkDecision = async (
  ctx: Pick<AppContext, 'operator' | 'clock'>,
  decision: SignedBytes,
  agency: string,
): Promise<Checked<Decision>> => {
  const parsed = parseDecision(decision.json);
  if (!parsed.ok) return { ok: false, reason: 'the decision cannot be read' };
  if (parsed.value.agency !== agency) return { ok: false, reason: "it is another agency's decision" };
  const problem = await signatureProblem(ctx, decision);
  return problem
    ? { ok: false, reason: `the decision's signature: ${problem}` }
    : { ok: true, value: parsed.value };
};
