import { quarterPeriod } from '@sochi/kernel';
import { expect, it } from 'vitest';
import { dueDate } from './due-date.ts';

const rule = { dueRule: { monthOffset: 1, day: 20, shiftIfHoliday: true } };

it('is the 20th of the month after the quarter', () => {
  expect(dueDate(rule, quarterPeriod(2026, 3)).toString()).toBe('2026-10-20');
  expect(dueDate(rule, quarterPeriod(2025, 4)).toString()).toBe('2026-01-20');
});

it('moves from a weekend to Monday', () => {
  // 20.07.2025 is a Sunday.
  expect(dueDate(rule, quarterPeriod(2025, 2)).toString()).toBe('2025-07-21');
});

it('moves over holidays', () => {
  expect(
    dueDate({ dueRule: { monthOffset: 1, day: 1, shiftIfHoliday: true } }, quarterPeriod(2025, 4)).toString(),
  ).toBe('2026-01-08');
});
