import type { TaxPeriod } from '@sochi/kernel';
import { bishkekDay } from '@sochi/kernel';
import { randomUUIDv7 } from 'node:crypto';
import { formMeta } from '#modules/forms/index.ts';
import type { ActiveSession } from '#modules/sessions/index.ts';
import { AppError } from '../../../app-error.ts';
import type { AppContext } from '../../../context.ts';
import { inTransaction } from '../../../db/database.ts';
import { periodProblem } from '../period.ts';
import { appendEvent, claimKey, findKey, insertDraft } from '../queries.ts';

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
  const earlier = await findKey(ctx.db, session.companyId, input.key);
  if (earlier?.command !== 'create') throw new AppError('idempotency.key_reused', {});
  return earlier.filing_id;
};
