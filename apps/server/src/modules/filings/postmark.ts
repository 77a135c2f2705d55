import type { OfficerRole } from '@sochi/kernel';
import { serialisePostmark } from '@sochi/signature';
import type { AppContext } from '../../context.ts';

export type PostmarkedFiling = {
  id: string;
  number: string;
  formId: string;
  period: { from: string; to: string };
  agency: string;
  office: string;
  companyInn: string;
  reportSha256: Uint8Array;
  signatureSha256: Uint8Array;
  required: readonly OfficerRole[];
  certificates: Partial<Record<OfficerRole, string>>;
  signedAt: Temporal.Instant;
  postmarkedAt: Temporal.Instant;
};

export type SignedDocument = { json: Uint8Array; signature: Uint8Array };

/**
 * The operator's postmark (receipt R1): when a report with all its signatures reached us. Made once, before any queue, and
 * never changed: whatever happens to delivery later, this is the proof of the date.
 */
export const makePostmark = async (
  ctx: Pick<AppContext, 'operator'>,
  filing: PostmarkedFiling,
): Promise<SignedDocument> => {
  const json = serialisePostmark({
    version: 1,
    receiptNumber: filing.number,
    filingId: filing.id,
    form: filing.formId,
    periodFrom: filing.period.from,
    periodTo: filing.period.to,
    agency: filing.agency,
    office: filing.office,
    companyInn: filing.companyInn,
    reportSha256: Buffer.from(filing.reportSha256).toString('hex'),
    signatureSha256: Buffer.from(filing.signatureSha256).toString('hex'),
    signers: Object.fromEntries(filing.required.map((role) => [role, filing.certificates[role]])),
    signedAt: filing.signedAt,
    postmarkedAt: filing.postmarkedAt,
    clockSource: 'system',
  });
  return { json, signature: await ctx.operator.sign(json) };
};
