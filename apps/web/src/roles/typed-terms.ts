import type { DelegationTerms } from '@sochi/contract';
import { isIsoDate, parseDecimal, somText, tyiyn, tyiynFromSom } from '@sochi/kernel';
import { bishkekDayOf, formatDay } from '#i18n/formats.ts';

/** The bounds as typed; empty texts set no bound. Days are typed `31.12.2026`, the last one is included. */
export interface TypedTerms {
  readonly allForms: boolean;
  readonly forms: readonly string[];
  readonly expires: string;
  readonly ceiling: string;
  readonly periodFrom: string;
  readonly periodTo: string;
}

const PROBLEMS = [
  'noForms',
  'unknown_form',
  'noDay',
  'notADay',
  'in_the_past',
  'beyond_certificate',
  'not_a_sum',
  'negative',
  'reversed',
] as const;
export type TypedProblem = (typeof PROBLEMS)[number];
export type TypedProblems = Partial<Record<keyof DelegationTerms, TypedProblem>>;

/** Fields and problems as the server names them in `delegation.bad_terms`; what is not known here is left out. */
export const problemsFrom = (problems: readonly { path: string; code: string }[]): TypedProblems =>
  Object.fromEntries(
    problems.flatMap(({ path, code }) => {
      const known = PROBLEMS.find((one) => one === code);
      return known ? [[path, known]] : [];
    }),
  );

const DAY = /^(\d{1,2})[. ,/-]?(\d{1,2})[. ,/-]?(\d{4})$/;

/** The ISO date of a typed day: `31.12.2026`, `31122026`; null for nothing, undefined for what is no day. */
const readDay = (typed: string): string | null | undefined => {
  if (typed.trim() === '') return null;
  const [, day = '', month = '', year = ''] = DAY.exec(typed.trim()) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isIsoDate(iso) ? iso : undefined;
};

const DAY_MS = 24 * 3600 * 1000;

/** The first instant after a day in Bishkek, which keeps +06:00 all the year. */
const endOfDay = (day: string): number => Date.parse(`${day}T00:00:00+06:00`) + DAY_MS;

/** The end of the last day; on the day on which a certificate ends, its end. */
const expiresAt = (day: string, latestEnd: string): string => {
  const end = Math.min(
    endOfDay(day),
    bishkekDayOf(new Date(latestEnd)) === day ? Date.parse(latestEnd) : Infinity,
  );
  return new Date(end).toISOString();
};

type Ceiling = { ok: true; ceiling: number | null } | { ok: false; problem: 'not_a_sum' | 'negative' };

const readCeiling = (typed: string): Ceiling => {
  if (typed.trim() === '') return { ok: true, ceiling: null };
  const parsed = parseDecimal(typed);
  if (!parsed.ok || parsed.value.scale > 2) return { ok: false, problem: 'not_a_sum' };
  if (parsed.value.coefficient < 0n) return { ok: false, problem: 'negative' };
  try {
    return { ok: true, ceiling: tyiynFromSom(parsed.value) };
  } catch {
    return { ok: false, problem: 'not_a_sum' };
  }
};

/** The terms to ask for, or what to mend first. */
export const readTypedTerms = (
  typed: TypedTerms,
  latestEnd: string,
): { ok: true; terms: DelegationTerms } | { ok: false; problems: TypedProblems } => {
  const ceiling = readCeiling(typed.ceiling);
  const [expires, from, to] = [readDay(typed.expires), readDay(typed.periodFrom), readDay(typed.periodTo)];
  const isReversed = typeof from === 'string' && typeof to === 'string' && to < from;
  const problems: TypedProblems = {
    ...(!typed.allForms && typed.forms.length === 0 ? { forms: 'noForms' } : {}),
    ...(expires === null ? { expiresAt: 'noDay' } : {}),
    ...(expires === undefined ? { expiresAt: 'notADay' } : {}),
    ...(ceiling.ok ? {} : { taxCeiling: ceiling.problem }),
    ...(from === undefined ? { periodFrom: 'notADay' } : {}),
    ...(to === undefined ? { periodTo: 'notADay' } : {}),
    ...(isReversed ? { periodTo: 'reversed' } : {}),
  };
  if (!ceiling.ok || !expires || from === undefined || to === undefined || Object.keys(problems).length > 0)
    return { ok: false, problems };
  const terms: DelegationTerms = {
    forms: typed.allForms ? 'all' : [...typed.forms],
    periodFrom: from,
    periodTo: to,
    taxCeiling: ceiling.ceiling,
    expiresAt: expiresAt(expires, latestEnd),
  };
  return { ok: true, terms };
};

/** Three months: long enough for a quarter's reports, short enough to be thought over again. */
const SUGGESTED_MS = 92 * DAY_MS;

/** What the form begins with: the bounds that are in force, or all forms for three months. */
export const typedTerms = (terms: DelegationTerms | undefined, now: Date, latestEnd: string): TypedTerms => {
  const end = Math.min(now.getTime() + SUGGESTED_MS, Date.parse(latestEnd));
  // Just before its end: midnight belongs to the day that it closes.
  const expires = bishkekDayOf(new Date(terms ? Date.parse(terms.expiresAt) - 1 : end));
  return {
    allForms: !terms || terms.forms === 'all',
    forms: !terms || terms.forms === 'all' ? [] : terms.forms,
    expires: formatDay(expires),
    ceiling: typeof terms?.taxCeiling === 'number' ? somText(tyiyn(terms.taxCeiling)) : '',
    periodFrom: formatDay(terms?.periodFrom ?? ''),
    periodTo: formatDay(terms?.periodTo ?? ''),
  };
};
