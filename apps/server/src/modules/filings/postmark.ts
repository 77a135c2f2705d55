import type { OfficerRole } from '@sochi/kernel';
import { serialisePostmark, type Certificate } from '@sochi/signature';
import { revocationEvidence } from '#modules/certification/index.ts';
import type { AppContext } from '../../context.ts';
import type { ProvenDocument } from './proven-document.ts';

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
  certificates: Partial<Record<OfficerRole, Certificate>>;
  signedAt: Temporal.Instant;
  postmarkedAt: Temporal.Instant;
};

/**
 * The operator's postmark (receipt R1): when a report with all its signatures reached us. Made once, before any queue, and
 * never changed: whatever happens to delivery later, this is the proof of the date. With it goes the word that neither the officers'
 * certificates nor the operator's were revoked at that moment.
 */
export const makePostmark = async (
  ctx: Pick<AppContext, 'operator' | 'responder' | 'revocationLists'>,
  filing: PostmarkedFiling,
): Promise<ProvenDocument> => {
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
    signers: Object.fromEntries(filing.required.map((role) => [role, filing.certificates[role]?.sha256])),
    signedAt: filing.signedAt,
    postmarkedAt: filing.postmarkedAt,
    clockSource: 'system',
  });
  const signers = Object.values(filing.certificates);
  const [signature, revocation] = await Promise.all([
    ctx.operator.sign(json),
    revocationEvidence(ctx, [...signers, ctx.operator.certificate]),
  ]);
  return { json, signature, revocation };
};
