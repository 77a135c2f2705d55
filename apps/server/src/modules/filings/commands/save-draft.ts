import { checkAnswersShape } from '@sochi/forms-engine';
import type { Answers } from '@sochi/contract';
import { loadCompiledForm } from '#modules/forms/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { findFiling, updateDraft } from '../queries.ts';

/**
 * Keeps the answers exactly as typed, readable or not; only what could not be typed on the form is refused. Saving over a
 * version that another window has replaced is refused with that version's number, so that nobody overwrites unseen.
 */
export const saveDraft = async (
  ctx: Pick<AppContext, 'db' | 'clock'>,
  session: ActiveSession,
  input: { id: string; version: number; answers: Answers },
): Promise<{ version: number; savedAt: string }> => {
  const filing = await findFiling(ctx.db, session.companyId, input.id);
  if (!filing) throw new AppError('filing.not_found', {});
  if (filing.delivery !== 'draft') throw new AppError('filing.not_editable', {});
  const { compiled } = await loadCompiledForm(filing.form_id);
  const shape = checkAnswersShape(compiled, input.answers);
  if (!shape.ok) {
    const problems = shape.problems.slice(0, 100).map(({ at, code }) => ({ path: at, code }));
    throw new AppError('draft.invalid_answers', { problems });
  }
  const now = ctx.clock.now();
  const saved = await updateDraft(ctx.db, {
    ...input,
    companyId: session.companyId,
    answers: shape.answers,
    now,
  });
  if (saved) return { version: saved.version, savedAt: now.toString() };
  const current = await findFiling(ctx.db, session.companyId, input.id);
  if (current?.delivery !== 'draft') throw new AppError('filing.not_editable', {});
  throw new AppError('draft.changed_elsewhere', { version: current.version });
};
