import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import { appendEvent, deleteDraft, findFiling } from '../queries.ts';

/** Throws a draft away; its history stays. */
export const discardDraft = async (
  ctx: Pick<AppContext, 'db' | 'clock'>,
  session: ActiveSession,
  id: string,
): Promise<void> => {
  const gone = await inTransaction(ctx.db, async (tx) => {
    const deleted = await deleteDraft(tx, session.companyId, id);
    if (!deleted) return false;
    await appendEvent(tx, {
      filingId: id,
      at: ctx.clock.now(),
      event: 'discard',
      from: 'draft',
      to: 'discarded',
      officerId: session.officerId,
    });
    return true;
  });
  if (gone) return;
  throw (await findFiling(ctx.db, session.companyId, id))
    ? new AppError('filing.not_editable', {})
    : new AppError('filing.not_found', {});
};
