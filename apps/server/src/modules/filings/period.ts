import { isCalendarPeriod, type TaxPeriod } from '@sochi/kernel';
import type { FormMeta } from '@sochi/forms-engine';

/** Why a form cannot be filed for a period; undefined when it can. `today` is the Bishkek day. */
export const periodProblem = (meta: FormMeta, period: TaxPeriod, today: string): string | undefined => {
  if (!isCalendarPeriod(meta.periodicity, period)) return `not_a_${meta.periodicity}`;
  if (period.from < meta.validFrom || (meta.validTo !== undefined && period.to > meta.validTo))
    return 'other_edition';
  return period.from > today ? 'in_the_future' : undefined;
};
