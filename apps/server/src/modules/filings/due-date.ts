import type { FormMeta } from '@sochi/forms-engine';
import type { TaxPeriod } from '@sochi/kernel';

/** Fixed public holidays, month-day: forms.md §6 (K). The moving ones come with the calendar's data. */
const FIXED_HOLIDAYS = new Set([
  '01-01',
  '01-02',
  '01-03',
  '01-04',
  '01-05',
  '01-06',
  '01-07',
  '02-23',
  '03-08',
  '03-21',
  '04-07',
  '05-01',
  '05-05',
  '05-09',
  '08-31',
  '11-07',
  '11-08',
]);

const isWorkingDay = (day: Temporal.PlainDate): boolean =>
  day.dayOfWeek <= 5 && !FIXED_HOLIDAYS.has(day.toString().slice(5));

/** Last day (Bishkek) on which a form for a period is in time; moved to the next working day where the rule says so. */
export const dueDate = (meta: Pick<FormMeta, 'dueRule'>, period: TaxPeriod): Temporal.PlainDate => {
  const { monthOffset, day, shiftIfHoliday } = meta.dueRule;
  let due = Temporal.PlainDate.from(period.to)
    .toPlainYearMonth()
    .add({ months: monthOffset })
    .toPlainDate({ day });
  while (shiftIfHoliday && !isWorkingDay(due)) due = due.add({ days: 1 });
  return due;
};
