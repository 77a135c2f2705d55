import { bishkekDay } from '@sochi/kernel';
import type { FilingDetail } from '@sochi/contract';
import type { CalculationContext, FilingKind } from '@sochi/forms-engine';
import { getProfile } from '#modules/companies/index.ts';
import type { AppContext } from '../../context.ts';
import type { DbOrTx } from '../../db/database.ts';

type FilingContext = FilingDetail['context'];

/** Requisites and day as they are now, for a draft; once sent, as they were when the bytes were fixed. */
export const filingContext = async (
  ctx: { db: DbOrTx } & Pick<AppContext, 'clock'>,
  companyId: string,
  fixed: unknown,
): Promise<FilingContext> => {
  // Only `send` writes it, in this very shape.
  if (fixed !== null) return fixed as FilingContext;
  return { profile: await getProfile(ctx.db, companyId), today: bishkekDay(ctx.clock.now()).toString() };
};

/** What the forms engine needs to know besides the answers. */
export const calculationContext = (
  context: FilingContext,
  filing: { period_from: string; period_to: string; kind: string },
): CalculationContext => ({
  profile: context.profile,
  today: context.today,
  period: { from: filing.period_from, to: filing.period_to },
  // Kept to the list by a check constraint.
  kind: filing.kind as FilingKind,
});
