import { expect, it } from 'vitest';
import { somText, tyiyn } from './money.ts';

it('writes som with two decimals', () => {
  expect(somText(tyiyn(5713150))).toBe('57131.50');
  expect(somText(tyiyn(5))).toBe('0.05');
  expect(somText(tyiyn(-105))).toBe('-1.05');
});

it('refuses fractions of a tyiyn', () => {
  expect(() => tyiyn(1.5)).toThrow(RangeError);
});
