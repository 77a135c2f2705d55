import { expect, it } from 'vitest';
import { checkInn } from './inn.ts';

const TODAY = '2026-04-10';

it.each(['01201201210012', '12902200000001', '21004202612345', '23112199900000'])('%s is an ИНН', (text) => {
  expect(checkInn(text, TODAY)).toEqual({ ok: true, inn: text });
});

it.each([
  ['', 'length'],
  ['0120120121001', 'length'],
  ['012012012100123', 'length'],
  ['0120120121001a', 'digits'],
  ['01201 2012 1001', 'digits'],
  ['٠١٢٠١٢٠١٢١٠٠١٢', 'digits'],
  ['31201201210012', 'first_digit'],
  ['99999999999999', 'first_digit'],
  ['02902202300001', 'date'],
  ['00000202000001', 'date'],
  ['01213202000001', 'date'],
  ['01201189900001', 'year'],
  ['01104202600001', 'year'],
  ['00101999900001', 'year'],
])('%j is not: %s', (text, reason) => {
  expect(checkInn(text, TODAY)).toEqual({ ok: false, reason });
});
