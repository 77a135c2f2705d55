import type { DelegationTerms } from '@sochi/contract';
import { expect, it } from 'vitest';
import { recordBounds, termsOf, termsProblems } from './delegation-terms.ts';

const at = (text: string) => Temporal.Instant.from(text);
const NOW = at('2026-11-25T10:00:00Z');
const LATEST = at('2027-11-25T10:00:00Z');
const TERMS: DelegationTerms = {
  forms: ['gns/sti-091'],
  periodFrom: '2026-07-01',
  periodTo: '2026-09-30',
  taxCeiling: 0,
  expiresAt: '2027-11-25T10:00:00Z',
};
const problems = (terms: Partial<DelegationTerms>) =>
  termsProblems(
    { ...TERMS, ...terms },
    { knownForms: new Set(['gns/sti-091']), now: NOW, latestEnd: LATEST },
  ).map(({ path, code }) => `${path} ${code}`);

it('takes terms at their very bounds', () => {
  expect(problems({})).toEqual([]);
  expect(problems({ forms: 'all', periodFrom: null, periodTo: null, taxCeiling: null })).toEqual([]);
  expect(problems({ periodFrom: '2026-09-30', periodTo: '2026-09-30' })).toEqual([]);
  expect(problems({ expiresAt: '2026-11-25T10:00:00.001Z' })).toEqual([]);
});

it.each<[Partial<DelegationTerms>, string]>([
  [{ forms: ['gns/sti-091', 'gns/sti-1'] }, 'forms unknown_form'],
  [{ periodFrom: '2026-10-01' }, 'periodTo reversed'],
  [{ taxCeiling: -1 }, 'taxCeiling negative'],
  [{ expiresAt: '2026-11-25T10:00:00Z' }, 'expiresAt in_the_past'],
  [{ expiresAt: '2027-11-25T10:00:00.001Z' }, 'expiresAt beyond_certificate'],
])('refuses %j', (terms, expected) => {
  expect(problems(terms)).toEqual([expected]);
});

it('tells all problems at once', () => {
  expect(problems({ forms: ['x/y'], taxCeiling: -5, expiresAt: '2020-01-01T00:00:00Z' })).toHaveLength(3);
});

it('gives back from the record what was asked for', () => {
  expect(termsOf(recordBounds(TERMS))).toEqual(TERMS);
  const open = { forms: 'all', periodFrom: null, periodTo: null, taxCeiling: null } as const;
  expect(termsOf(recordBounds({ ...TERMS, ...open }))).toEqual({ ...TERMS, ...open });
  expect(recordBounds({ ...TERMS, forms: ['b/b', 'a/a', 'b/b'] }).forms).toEqual(['a/a', 'b/b']);
});
