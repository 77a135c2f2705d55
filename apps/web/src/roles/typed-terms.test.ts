import type { DelegationTerms } from '@sochi/contract';
import { describe, expect, it } from 'vitest';
import { problemsFrom, readTypedTerms, typedTerms, type TypedTerms } from './typed-terms.ts';

const LATEST = '2027-11-25T04:30:00Z';
const NOW = new Date('2026-11-25T18:30:00Z');
const TYPED: TypedTerms = {
  allForms: false,
  forms: ['gns/sti-091'],
  expires: '31.12.2026',
  ceiling: '15 000,50',
  periodFrom: '01072026',
  periodTo: '30/9/2026',
};
const read = (typed: Partial<TypedTerms>) => readTypedTerms({ ...TYPED, ...typed }, LATEST);

describe('what was typed', () => {
  it('becomes terms that end with the last day in Bishkek', () => {
    expect(read({})).toEqual({
      ok: true,
      terms: {
        forms: ['gns/sti-091'],
        periodFrom: '2026-07-01',
        periodTo: '2026-09-30',
        taxCeiling: 1_500_050,
        expiresAt: '2026-12-31T18:00:00.000Z',
      },
    });
  });

  it('sets no bound where nothing was typed', () => {
    const open = read({ allForms: true, ceiling: ' ', periodFrom: '', periodTo: '' });
    expect(open).toMatchObject({
      terms: { forms: 'all', periodFrom: null, periodTo: null, taxCeiling: null },
    });
  });

  it('on the last day of a certificate ends with the certificate', () => {
    expect(read({ expires: '25.11.2027' })).toMatchObject({
      terms: { expiresAt: '2027-11-25T04:30:00.000Z' },
    });
  });

  it.each<[Partial<TypedTerms>, object]>([
    [{ forms: [] }, { forms: 'noForms' }],
    [{ expires: ' ' }, { expiresAt: 'noDay' }],
    [{ expires: '31.02.2027' }, { expiresAt: 'notADay' }],
    [
      { periodFrom: 'июль', periodTo: '1.2' },
      { periodFrom: 'notADay', periodTo: 'notADay' },
    ],
    [{ ceiling: 'много' }, { taxCeiling: 'not_a_sum' }],
    [{ ceiling: '1,005' }, { taxCeiling: 'not_a_sum' }],
    [{ ceiling: '9'.repeat(20) }, { taxCeiling: 'not_a_sum' }],
    [{ ceiling: '-1' }, { taxCeiling: 'negative' }],
    [{ periodTo: '30.06.2026' }, { periodTo: 'reversed' }],
  ])('is refused: %j', (typed, problems) => {
    expect(read(typed)).toEqual({ ok: false, problems });
  });
});

describe('the form', () => {
  it('begins with all forms for three months, or until a certificate ends', () => {
    expect(typedTerms(undefined, NOW, LATEST)).toMatchObject({ allForms: true, expires: '26.02.2027' });
    expect(typedTerms(undefined, NOW, '2026-12-01T00:00:00Z').expires).toBe('01.12.2026');
  });

  it('begins with the bounds in force, and gives them back untouched', () => {
    const terms: DelegationTerms = {
      forms: ['gns/sti-091'],
      periodFrom: '2026-07-01',
      periodTo: null,
      taxCeiling: 1_500_050,
      expiresAt: '2026-12-31T18:00:00.000Z',
    };
    expect(readTypedTerms(typedTerms(terms, NOW, LATEST), LATEST)).toEqual({ ok: true, terms });
  });
});

it('knows the problems the server may name, and passes over others', () => {
  expect(
    problemsFrom([
      { path: 'expiresAt', code: 'in_the_past' },
      { path: 'forms', code: 'something_new' },
    ]),
  ).toEqual({ expiresAt: 'in_the_past' });
});
