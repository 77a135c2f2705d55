import type { FilingDetail } from '@sochi/contract';
import { formMeta } from '#modules/forms/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import { findFilingDetail, getContent } from '../queries.ts';
import { waitsFor, type DeliveryState } from '../transitions.ts';
import { isRepeat } from './repeat.ts';
import { takeSignature, type SigningContext } from './take-signature.ts';

/**
 * Adds the second officer's signature to exactly the bytes that were shown, named by their hash. Refuses with
 * `filing.signature_not_expected` when the filing does not wait for this role and `filing.report_changed` for other bytes.
 */
export const signFiling = async (
  ctx: SigningContext,
  session: ActiveSession,
  input: { id: string; reportSha256: string; key: string },
): Promise<void> => {
  const filing = await findFilingDetail(ctx.db, session.companyId, input.id);
  if (!filing) throw new AppError('filing.not_found', {});
  // A check constraint keeps the column to the list of states.
  const from = filing.delivery as DeliveryState;
  if (!waitsFor(from, session.role)) {
    if (await isRepeat(ctx, session, { key: input.key, command: 'sign', filingId: input.id })) return;
    throw new AppError('filing.signature_not_expected', {});
  }
  const { report_sha256, signature_sha256 } = filing;
  if (!report_sha256 || !signature_sha256)
    throw new Error(`filing ${input.id} waits for a signature but has no report`);
  if (report_sha256.toString('hex') !== input.reportSha256) throw new AppError('filing.report_changed', {});
  await takeSignature(ctx, session, {
    filing: {
      id: filing.id,
      number: filing.number,
      formId: filing.form_id,
      period: { from: filing.period_from, to: filing.period_to },
      agency: filing.agency,
      from,
    },
    meta: formMeta(filing.form_id),
    // `send` wrote the context together with the report.
    profile: (filing.context as FilingDetail['context']).profile,
    reportSha256: report_sha256,
    // Whoever signs second is not signing for the first.
    taxDue: null,
    earlierCms: await getContent(ctx.db, signature_sha256),
    record: { guard: { signatureSha256: signature_sha256 }, key: input.key, command: 'sign' },
  });
};
