import type { FormListing } from '@sochi/forms';
import { formMetas } from '@sochi/forms';
import { expect, it } from 'vitest';
import { formPeriods, isRunning } from './form-periods.ts';

const form = (changes: Partial<FormListing>): FormListing => {
  const [first] = formMetas;
  if (!first) throw new Error('there is no form');
  return { ...first, ...changes };
};

it('offers the running quarter and three years back, newest first', () => {
  const periods = formPeriods(form({ validFrom: '2000-01-01' }), '2026-11-24');
  expect(periods).toHaveLength(13);
  expect(periods[0]).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(periods[1]).toEqual({ from: '2026-07-01', to: '2026-09-30' });
  expect(periods.at(-1)).toEqual({ from: '2023-10-01', to: '2023-12-31' });
});

it('offers only periods of the edition', () => {
  const froms = formPeriods(form({ validFrom: '2026-01-01', validTo: '2026-06-30' }), '2026-11-24').map(
    ({ from }) => from,
  );
  expect(froms).toEqual(['2026-04-01', '2026-01-01']);
});

it('counts months and years too', () => {
  const old = { validFrom: '2000-01-01' };
  expect(formPeriods(form({ ...old, periodicity: 'month' }), '2026-03-31')).toHaveLength(37);
  expect(formPeriods(form({ ...old, periodicity: 'year' }), '2026-01-01').map(({ from }) => from)).toEqual([
    '2026-01-01',
    '2025-01-01',
    '2024-01-01',
    '2023-01-01',
  ]);
});

it('knows that the last day still belongs to a period', () => {
  const period = { from: '2026-07-01', to: '2026-09-30' };
  expect(isRunning(period, '2026-09-30')).toBe(true);
  expect(isRunning(period, '2026-10-01')).toBe(false);
});
