import { describe, expect, it } from 'vitest';
import {
  dateExists,
  isCalendarPeriod,
  isCalendarQuarter,
  isIsoDate,
  periodLabelParts,
  periodOf,
  previousPeriod,
  previousQuarters,
  quarterPeriod,
} from './tax-period.ts';

it('knows the days of the four quarters', () => {
  expect(quarterPeriod(2026, 1)).toEqual({ from: '2026-01-01', to: '2026-03-31' });
  expect(quarterPeriod(2026, 2)).toEqual({ from: '2026-04-01', to: '2026-06-30' });
  expect(quarterPeriod(2026, 3)).toEqual({ from: '2026-07-01', to: '2026-09-30' });
  expect(quarterPeriod(2026, 4)).toEqual({ from: '2026-10-01', to: '2026-12-31' });
});

it('finds the period a day lies in', () => {
  expect(periodOf('quarter', '2026-02-17')).toEqual(quarterPeriod(2026, 1));
  expect(periodOf('quarter', '2026-12-31')).toEqual(quarterPeriod(2026, 4));
  expect(periodOf('month', '2028-02-01')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(periodOf('month', '2100-02-01')).toEqual({ from: '2100-02-01', to: '2100-02-28' });
  expect(periodOf('year', '2026-07-01')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
  expect(() => periodOf('month', '2026-02-30')).toThrow(RangeError);
});

it.each([
  [{ from: '2026-01-01', to: '2026-03-31' }, true],
  [{ from: '2026-01-01', to: '2026-03-30' }, false],
  [{ from: '2026-01-02', to: '2026-03-31' }, false],
  [{ from: '2026-02-01', to: '2026-04-30' }, false],
  [{ from: '2026-01-01', to: '2026-06-30' }, false],
  [{ from: '2026-01-01', to: '2027-03-31' }, false],
  [{ from: '', to: '' }, false],
  [{ from: '01.01.2026', to: '31.03.2026' }, false],
])('%j is a quarter: %s', (period, is) => {
  expect(isCalendarQuarter(period)).toBe(is);
});

it('tells months and years too', () => {
  expect(isCalendarPeriod('month', { from: '2024-02-01', to: '2024-02-29' })).toBe(true);
  expect(isCalendarPeriod('month', { from: '2025-02-01', to: '2025-02-29' })).toBe(false);
  expect(isCalendarPeriod('year', { from: '2026-01-01', to: '2026-12-31' })).toBe(true);
});

it('goes back across the new year', () => {
  expect(previousPeriod('month', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  expect(previousPeriod('year', '2026-01-15')).toEqual({ from: '2025-01-01', to: '2025-12-31' });
  expect(previousQuarters('2026-05-05', 3)).toEqual([
    quarterPeriod(2026, 1),
    quarterPeriod(2025, 4),
    quarterPeriod(2025, 3),
  ]);
  expect(previousQuarters('2026-05-05', 0)).toEqual([]);
});

describe('naming', () => {
  it('gives parts, not words', () => {
    expect(periodLabelParts(quarterPeriod(2026, 3))).toEqual({ unit: 'quarter', year: 2026, quarter: 3 });
    expect(periodLabelParts(periodOf('month', '2026-12-12'))).toEqual({
      unit: 'month',
      year: 2026,
      month: 12,
    });
    expect(periodLabelParts(periodOf('year', '2026-12-12'))).toEqual({ unit: 'year', year: 2026 });
  });

  it('names anything else by its days', () => {
    const stub = { from: '2026-01-01', to: '2026-02-17' };
    expect(periodLabelParts(stub)).toEqual({ unit: 'other', ...stub });
    expect(periodLabelParts({ from: 'x', to: 'y' })).toEqual({ unit: 'other', from: 'x', to: 'y' });
  });
});

it('knows which days exist', () => {
  expect(isIsoDate('2024-02-29')).toBe(true);
  expect(
    [
      '2023-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-01-00',
      '0000-01-01',
      '2026-1-1',
      '2026-01-01T00:00',
      '',
    ].filter(isIsoDate),
  ).toEqual([]);
  expect(dateExists(1900, 2, 29)).toBe(false);
  expect(dateExists(2000, 2, 29)).toBe(true);
  expect(dateExists(Number.NaN, 1, 1)).toBe(false);
});
