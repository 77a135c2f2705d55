import type { Answers } from '@sochi/contract';
import { calculate } from '@sochi/forms-engine';
import { createHash } from 'node:crypto';
import { loadCompiledForm } from '#modules/forms/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import { calculationContext, filingContext } from '../filing-context.ts';
import { findFilingDetail } from '../queries.ts';
import { taxDue } from '../tax-due.ts';
import { isRepeat } from './repeat.ts';
import { takeSignature, type SigningContext } from './take-signature.ts';

type Draft = NonNullable<Awaited<ReturnType<typeof findFilingDetail>>>;

/** The agency's bytes of a draft; refuses with `filing.has_errors` while any check blocks. */
const fixReport = async (ctx: SigningContext, companyId: string, draft: Draft) => {
  const { form, compiled } = await loadCompiledForm(draft.form_id);
  const context = await filingContext(ctx, companyId, null);
  const calculationCtx = calculationContext(context, draft);
  // Saved only after `checkAnswersShape` of this form.
  const calculation = calculate(compiled, draft.answers as Answers, calculationCtx);
  const errors = calculation.findings.filter(({ severity }) => severity === 'E').length;
  if (errors > 0) throw new AppError('filing.has_errors', { errors });
  const bytes = Buffer.from(form.toXml({ compiled, calculation, context: calculationCtx }), 'utf8');
  const { meta } = form.definition;
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest(),
    context,
    meta,
    taxDue: taxDue(meta, calculation),
  };
};

/**
 * Fixes the bytes of a draft's report and signs them as the sender, and for the head where a delegation reaches them; postmarks it
 * when no other signature is needed. Sending the same version again with the same key is the same sending.
 */
export const sendFiling = async (
  ctx: SigningContext,
  session: ActiveSession,
  input: { id: string; version: number; key: string },
): Promise<void> => {
  const draft = await findFilingDetail(ctx.db, session.companyId, input.id);
  if (!draft) throw new AppError('filing.not_found', {});
  if (draft.delivery !== 'draft') {
    if (await isRepeat(ctx, session, { key: input.key, command: 'send', filingId: input.id })) return;
    throw new AppError('filing.already_sent', {});
  }
  if (draft.version !== input.version)
    throw new AppError('draft.changed_elsewhere', { version: draft.version });
  const report = await fixReport(ctx, session.companyId, draft);
  await takeSignature(ctx, session, {
    filing: {
      id: draft.id,
      number: draft.number,
      formId: draft.form_id,
      period: { from: draft.period_from, to: draft.period_to },
      agency: draft.agency,
      from: 'draft',
    },
    meta: report.meta,
    profile: report.context.profile,
    reportSha256: report.sha256,
    taxDue: report.taxDue,
    record: { guard: { version: input.version }, key: input.key, command: 'send', report },
  });
};
