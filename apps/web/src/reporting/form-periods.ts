import type { FormListing } from '@sochi/forms';
import { periodOf, previousPeriod, type TaxPeriod } from '@sochi/kernel';

/** How many periods of each kind make the last three years. */
const IN_THREE_YEARS = { month: 36, quarter: 12, year: 3 } as const;

/** Whether this edition of the form is for such a period. */
const isOfEdition = (meta: FormListing, period: TaxPeriod): boolean =>
  period.from >= meta.validFrom && (meta.validTo === undefined || period.to <= meta.validTo);

/** Periods for which a form can be filled in on the Bishkek day `today`: the running one and those of three years back, newest first. */
export const formPeriods = (meta: FormListing, today: string): TaxPeriod[] => {
  const periods = [periodOf(meta.periodicity, today)];
  for (let count = 0; count < IN_THREE_YEARS[meta.periodicity]; count += 1) {
    periods.push(previousPeriod(meta.periodicity, periods.at(-1)?.from ?? today));
  }
  return periods.filter((period) => isOfEdition(meta, period));
};

/** Whether the period has not ended on that day. */
export const isRunning = (period: TaxPeriod, today: string): boolean => period.to >= today;
