import { dateExists } from './tax-period.ts';

/** ИНН (ПИН): 14 digits that passed `checkInn`. */
export type Inn = string & { readonly __inn: true };

export const INN_PROBLEMS = ['length', 'digits', 'first_digit', 'date', 'year'] as const;
export type InnProblem = (typeof INN_PROBLEMS)[number];

export type InnCheck =
  { readonly ok: true; readonly inn: Inn } | { readonly ok: false; readonly reason: InnProblem };

const refused = (reason: InnProblem): InnCheck => ({ ok: false, reason });

/**
 * Checks a 14-digit ИНН: first digit 0 (organisation), 1 (woman) or 2 (man), then DDMMYYYY of birth or registration, an
 * existing day between 1900 and `today` (ISO date), then a serial part. No check digit is known, so none is asked for.
 * Codes: length, digits, first_digit, date (no such day), year (before 1900 or after today).
 */
export const checkInn = (text: string, today: string): InnCheck => {
  if (!/^\d*$/.test(text)) return refused('digits');
  if (text.length !== 14) return refused('length');
  if (!/^[012]/.test(text)) return refused('first_digit');
  const [day, month, year] = [text.slice(1, 3), text.slice(3, 5), text.slice(5, 9)];
  if (!dateExists(Number(year), Number(month), Number(day))) return refused('date');
  if (year < '1900' || `${year}-${month}-${day}` > today) return refused('year');
  // A brand has no run-time form: the cast is the only way to make one, and the checks above earned it.
  return { ok: true, inn: text as Inn };
};
