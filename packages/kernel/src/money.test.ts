import { expect, it } from 'vitest';
import { decimal } from './decimal.ts';
import { somText, tyiyn, tyiynFromSom } from './money.ts';

it('writes som with two decimals', () => {
  expect(somText(tyiyn(5713150))).toBe('57131.50');
  expect(somText(tyiyn(5))).toBe('0.05');
  expect(somText(tyiyn(-105))).toBe('-1.05');
});

it('refuses fractions of a tyiyn', () => {
  expect(() => tyiyn(1.5)).toThrow(RangeError);
});

it.each([
  ['67', 6_700],
  ['0.05', 5],
  ['-1.05', -105],
  ['1.005', 101],
  ['-0.01', -1],
  ['90071992547409.91', Number.MAX_SAFE_INTEGER],
])('reads %s som', (som, expected) => {
  expect(tyiynFromSom(decimal(som))).toBe(expected);
});

it('refuses som beyond what tyiyn can hold', () => {
  expect(() => tyiynFromSom(decimal('90071992547409.92'))).toThrow(RangeError);
});
