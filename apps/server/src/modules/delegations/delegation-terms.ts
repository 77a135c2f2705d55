import { ALL_FORMS, NO_CEILING, type Delegation } from '@sochi/signature';
import type { DelegationTerms } from '@sochi/contract';

type RecordBounds = Pick<Delegation, 'forms' | 'periodFrom' | 'periodTo' | 'taxCeiling' | 'expiresAt'>;

export type TermsProblem = {
  path: string;
  code: 'unknown_form' | 'reversed' | 'negative' | 'in_the_past' | 'beyond_certificate';
};

/** What is wrong with the terms a head asks for: nothing in them may be without effect or outlive a certificate. */
export const termsProblems = (
  terms: DelegationTerms,
  facts: { knownForms: ReadonlySet<string>; now: Temporal.Instant; latestEnd: Temporal.Instant },
): TermsProblem[] => {
  const problems: TermsProblem[] = [];
  const { forms, periodFrom, periodTo, taxCeiling } = terms;
  if (forms !== 'all' && forms.some((form) => !facts.knownForms.has(form)))
    problems.push({ path: 'forms', code: 'unknown_form' });
  if (periodFrom !== null && periodTo !== null && periodTo < periodFrom)
    problems.push({ path: 'periodTo', code: 'reversed' });
  if (taxCeiling !== null && taxCeiling < 0) problems.push({ path: 'taxCeiling', code: 'negative' });
  const expiresAt = Temporal.Instant.from(terms.expiresAt);
  if (Temporal.Instant.compare(expiresAt, facts.now) <= 0)
    problems.push({ path: 'expiresAt', code: 'in_the_past' });
  else if (Temporal.Instant.compare(expiresAt, facts.latestEnd) > 0)
    problems.push({ path: 'expiresAt', code: 'beyond_certificate' });
  return problems;
};

/** The terms as they stand in the record the head signs: forms once and ascending, no bound as its own value. */
export const recordBounds = (terms: DelegationTerms): RecordBounds => ({
  forms: terms.forms === 'all' ? [ALL_FORMS] : [...new Set(terms.forms)].sort(),
  periodFrom: terms.periodFrom ?? '',
  periodTo: terms.periodTo ?? '',
  taxCeiling: terms.taxCeiling ?? NO_CEILING,
  expiresAt: Temporal.Instant.from(terms.expiresAt).round({
    smallestUnit: 'millisecond',
    roundingMode: 'trunc',
  }),
});

/** The terms a record states, as the API speaks of them. */
export const termsOf = (record: RecordBounds): DelegationTerms => ({
  forms: record.forms.includes(ALL_FORMS) ? 'all' : [...record.forms],
  periodFrom: record.periodFrom === '' ? null : record.periodFrom,
  periodTo: record.periodTo === '' ? null : record.periodTo,
  taxCeiling: record.taxCeiling === NO_CEILING ? null : record.taxCeiling,
  expiresAt: record.expiresAt.toString(),
});
