import type { Answers, CheckedFiling } from '@sochi/contract';
import { calculate, type Finding } from '@sochi/forms-engine';
import { foretellBorrowing } from '#modules/delegations/index.ts';
import { loadCompiledForm } from '#modules/forms/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { calculationContext, filingContext } from './filing-context.ts';
import { findFilingDetail } from './queries.ts';
import { taxDue } from './tax-due.ts';

const place = (at: Finding['at']): string => ('cell' in at ? at.cell : `${at.table}.${at.row}.${at.column}`);

/** What sending would find: the same engine, over the answers as they are saved. */
export const checkFiling = async (
  ctx: Pick<AppContext, 'db' | 'clock' | 'operator'>,
  session: ActiveSession,
  id: string,
): Promise<CheckedFiling> => {
  const filing = await findFilingDetail(ctx.db, session.companyId, id);
  if (!filing) throw new AppError('filing.not_found', {});
  const { compiled } = await loadCompiledForm(filing.form_id);
  const context = calculationContext(await filingContext(ctx, session.companyId, filing.context), filing);
  // Saved only after the form's own check of their shape.
  const { cells, findings } = calculate(compiled, filing.answers as Answers, context);
  const { meta } = compiled.definition;
  const isForHead = session.role === 'accountant' && meta.requiredSigners.includes('head');
  const report = {
    formId: filing.form_id,
    period: { from: filing.period_from, to: filing.period_to },
    taxDue: taxDue(meta, { cells }),
  };
  return {
    onBehalf: isForHead ? await foretellBorrowing(ctx, session, report) : null,
    cells: Object.fromEntries(
      Object.entries(cells).map(([code, value]) => [code, value.ok ? value.text : null]),
    ),
    findings: findings.map(({ rule, severity, at, code }) => ({ rule, severity, at: place(at), code })),
  };
};
