/** A reporting period: two calendar days, both inside it, as ISO dates (`2026-01-01`). */
export interface TaxPeriod {
  readonly from: string;
  readonly to: string;
}

export type Quarter = 1 | 2 | 3 | 4;
export type PeriodUnit = 'month' | 'quarter' | 'year';

/** What a screen needs to name a period in any language; `other` is named by its two days. */
export type PeriodLabelParts =
  | { readonly unit: 'year'; readonly year: number }
  | { readonly unit: 'quarter'; readonly year: number; readonly quarter: Quarter }
  | { readonly unit: 'month'; readonly year: number; readonly month: number }
  | { readonly unit: 'other'; readonly from: string; readonly to: string };

const MONTHS_OF = { month: 1, quarter: 3, year: 12 } as const satisfies Record<PeriodUnit, number>;
const LONG_MONTHS = new Set([1, 3, 5, 7, 8, 10, 12]);

const daysInMonth = (year: number, month: number): number => {
  if (month !== 2) return LONG_MONTHS.has(month) ? 31 : 30;
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
};

const isoDate = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Whether such a day exists in the Gregorian calendar (month 1..12). */
export const dateExists = (year: number, month: number, day: number): boolean =>
  year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);

const parts = (date: string): { year: number; month: number; day: number } | undefined => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  const read = { year: Number(year), month: Number(month), day: Number(day) };
  return dateExists(read.year, read.month, read.day) ? read : undefined;
};

/** Whether the text is `YYYY-MM-DD` and that day exists. */
export const isIsoDate = (text: string): boolean => parts(text) !== undefined;

const periodFrom = (unit: PeriodUnit, year: number, month: number): TaxPeriod => {
  const last = month + MONTHS_OF[unit] - 1;
  return { from: isoDate(year, month, 1), to: isoDate(year, last, daysInMonth(year, last)) };
};

/** The calendar quarter: `quarterPeriod(2026, 1)` is 2026-01-01 .. 2026-03-31. */
export const quarterPeriod = (year: number, quarter: Quarter): TaxPeriod =>
  periodFrom('quarter', year, quarter * 3 - 2);

/** The calendar month, quarter or year in which a day lies; throws RangeError when it is not an ISO date. */
export const periodOf = (unit: PeriodUnit, date: string): TaxPeriod => {
  const day = parts(date);
  if (day === undefined) throw new RangeError(`not an ISO date: ${date.slice(0, 20)}`);
  const length = MONTHS_OF[unit];
  return periodFrom(unit, day.year, Math.floor((day.month - 1) / length) * length + 1);
};

/** Whether both days exist and the period is exactly one calendar month, quarter or year. */
export const isCalendarPeriod = (unit: PeriodUnit, period: TaxPeriod): boolean => {
  if (!isIsoDate(period.from)) return false;
  const whole = periodOf(unit, period.from);
  return whole.from === period.from && whole.to === period.to;
};

/** Whether the period is exactly one calendar quarter. */
export const isCalendarQuarter = (period: TaxPeriod): boolean => isCalendarPeriod('quarter', period);

/** The calendar period of the same unit just before the one in which `date` lies. */
export const previousPeriod = (unit: PeriodUnit, date: string): TaxPeriod => {
  const day = parts(periodOf(unit, date).from);
  if (day === undefined) throw new RangeError(`not an ISO date: ${date.slice(0, 20)}`);
  const months = day.year * 12 + (day.month - 1) - MONTHS_OF[unit];
  return periodFrom(unit, Math.floor(months / 12), (months % 12) + 1);
};

/** The `count` quarters that ended before the quarter of `today`, newest first. */
export const previousQuarters = (today: string, count: number): TaxPeriod[] => {
  const quarters: TaxPeriod[] = [];
  let date = today;
  for (let index = 0; index < count; index += 1) {
    const quarter = previousPeriod('quarter', date);
    quarters.push(quarter);
    date = quarter.from;
  }
  return quarters;
};

/** The parts from which a screen writes "1 квартал 2026 года" in its language. */
export const periodLabelParts = (period: TaxPeriod): PeriodLabelParts => {
  const start = parts(period.from);
  if (start === undefined) return { unit: 'other', ...period };
  if (isCalendarPeriod('year', period)) return { unit: 'year', year: start.year };
  if (isCalendarPeriod('month', period)) return { unit: 'month', year: start.year, month: start.month };
  if (!isCalendarQuarter(period)) return { unit: 'other', ...period };
  const quarter = ([1, 2, 3, 4] as const)[Math.floor((start.month - 1) / 3)] ?? 1;
  return { unit: 'quarter', year: start.year, quarter };
};
