import {
  createVerificationCache,
  parseAgencyReceipt,
  parseDecision,
  readOcspResponse,
  revocationAt,
  verifySignedData,
  type AgencyReceipt,
  type Certificate,
  type Decision,
} from '@sochi/signature';
import { revocationEvidence, type RevocationFile } from '#modules/certification/index.ts';
import type { AppContext } from '../../context.ts';

type CheckContext = Pick<AppContext, 'operator' | 'clock' | 'responder' | 'revocationLists'>;
type SignedBytes = { json: Uint8Array; signature: Uint8Array };
/** `revocation`: what the certification centre says of the signer's certificate now. */
export type Checked<T> =
  { ok: true; value: T; revocation: readonly RevocationFile[] } | { ok: false; reason: string };
type CheckedSignature = Checked<undefined>;

const cache = createVerificationCache();

/** An agency whose certificate was taken back signs nothing any more; of one from elsewhere our centre knows nothing. */
const checkNotRevoked = async (ctx: CheckContext, signer: Certificate): Promise<CheckedSignature> => {
  const revocation = await revocationEvidence(ctx, [signer]);
  const answers = revocation.filter(({ file }) => file.endsWith('.ocsp'));
  const { status } = await revocationAt({
    certificate: signer,
    issuer: ctx.operator.issuing,
    at: ctx.clock.now(),
    sources: { crls: [], ocspResponses: answers.map(({ bytes }) => readOcspResponse(bytes)) },
  });
  return status === 'revoked' || status === 'suspended'
    ? { ok: false, reason: `the certificate is ${status}` }
    : { ok: true, value: undefined, revocation };
};

const checkSignature = async (
  ctx: CheckContext,
  { json, signature }: SignedBytes,
): Promise<CheckedSignature> => {
  const report = await verifySignedData({
    cms: signature,
    content: json,
    trustAnchors: [ctx.operator.root],
    intermediates: [ctx.operator.issuing],
    at: ctx.clock.now(),
    required: { roles: ['agency'] },
    cache,
  });
  const [signer] = report.signers;
  if (report.indication === 'TOTAL-PASSED' && signer?.certificate)
    return checkNotRevoked(ctx, signer.certificate);
  const reason = report.checks.find(({ status }) => status !== 'passed')?.reason ?? 'unknown';
  return { ok: false, reason };
};

/** An agency's receipt, only if the agency really signed it and it is about exactly these bytes. */
export const checkReceipt = async (
  ctx: CheckContext,
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
  const checked = await checkSignature(ctx, receipt);
  return checked.ok
    ? { ...checked, value }
    : { ok: false, reason: `the receipt's signature: ${checked.reason}` };
};

/** A curator's decision, only if this agency really signed it. Which filing it is about is for the caller to compare. */
export const checkDecision = async (
  ctx: CheckContext,
  decision: SignedBytes,
  agency: string,
): Promise<Checked<Decision>> => {
  const parsed = parseDecision(decision.json);
  if (!parsed.ok) return { ok: false, reason: 'the decision cannot be read' };
  if (parsed.value.agency !== agency) return { ok: false, reason: "it is another agency's decision" };
  const checked = await checkSignature(ctx, decision);
  return checked.ok
    ? { ...checked, value: parsed.value }
    : { ok: false, reason: `the decision's signature: ${checked.reason}` };
};
