import { expect, it } from 'vitest';
import { taxDue } from './tax-due.ts';

const of = (text: string) => taxDue({ taxDue: '187' }, { cells: { '187': { ok: true, text } } });

it.each([
  ['67', 6_700],
  ['0.05', 5],
  ['-12.30', -1_230],
  ['', 0],
])('reads %j som', (text, expected) => {
  expect(of(text)).toBe(expected);
});

it('knows no tax where the form names no cell, the cell is wrong, or the number is beyond counting', () => {
  expect(taxDue({}, { cells: {} })).toBeNull();
  expect(taxDue({ taxDue: '187' }, { cells: { '187': { ok: false, error: 'depends' } } })).toBeNull();
  expect(of('999999999999999.99')).toBeNull();
});
