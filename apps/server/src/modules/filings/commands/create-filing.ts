import type { TaxPeriod } from '@sochi/kernel';
import { bishkekDay } from '@sochi/kernel';
import { randomUUIDv7 } from 'node:crypto';
import { formMeta } from '#modules/forms/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import { periodProblem } from '../period.ts';
import { appendEvent, claimKey, findFiling, findKey, insertDraft } from '../queries.ts';

/** The draft this key made before; refused when it made another one. */
const earlierDraft = async (
  ctx: Pick<AppContext, 'db'>,
  session: ActiveSession,
  input: { formId: string; period: TaxPeriod; key: string },
): Promise<string> => {
  const earlier = await findKey(ctx.db, session.companyId, input.key);
  const draft = earlier && (await findFiling(ctx.db, session.companyId, earlier.filing_id));
  const isSame =
    earlier?.command === 'create' &&
    (draft === undefined ||
      (draft.form_id === input.formId &&
        draft.period_from === input.period.from &&
        draft.period_to === input.period.to));
  if (!isSame) throw new AppError('idempotency.key_reused', {});
  return earlier.filing_id;
};

/** Starts a draft. The same key gives the same draft; a key used for something else is refused. Returns its id. */
export const createFiling = async (
  ctx: Pick<AppContext, 'db' | 'clock'>,
  session: ActiveSession,
  input: { formId: string; period: TaxPeriod; kind: 'initial'; key: string },
): Promise<string> => {
  const meta = formMeta(input.formId);
  const now = ctx.clock.now();
  const today = bishkekDay(now);
  const reason = periodProblem(meta, input.period, today.toString());
  if (reason) throw new AppError('filing.period_invalid', { reason });
  const id = randomUUIDv7();
  const made = await inTransaction(ctx.db, async (tx) => {
    if (
      !(await claimKey(tx, { companyId: session.companyId, key: input.key, command: 'create', filingId: id }))
    )
      return false;
    await insertDraft(tx, {
      ...input,
      id,
      companyId: session.companyId,
      agency: meta.agency,
      authorId: session.officerId,
      year: today.year,
      now,
    });
    await appendEvent(tx, {
      filingId: id,
      at: now,
      event: 'create',
      from: null,
      to: 'draft',
      officerId: session.officerId,
    });
    return true;
  });
  if (made) return id;
  return earlierDraft(ctx, session, input);
};
