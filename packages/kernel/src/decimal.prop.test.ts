import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  formatDecimal,
  multiplyDecimals,
  negateDecimal,
  parseDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
  ZERO,
} from './decimal.ts';
import type { Decimal } from './decimal.ts';

const anyDecimal = fc.record({
  coefficient: fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
  scale: fc.integer({ min: 0, max: 12 }),
});
const same = (a: Decimal, b: Decimal): boolean => compareDecimals(a, b) === 0;

it('reads what it wrote', () => {
  fc.assert(
    fc.property(anyDecimal, (value) => {
      const parsed = parseDecimal(formatDecimal(value));
      expect(parsed.ok && same(parsed.value, value)).toBe(true);
    }),
  );
});

it('writes equal numbers alike and different ones differently', () => {
  fc.assert(
    fc.property(anyDecimal, anyDecimal, (a, b) => {
      expect(formatDecimal(a) === formatDecimal(b)).toBe(same(a, b));
    }),
  );
});

it('keeps the laws of arithmetic', () => {
  fc.assert(
    fc.property(anyDecimal, anyDecimal, anyDecimal, (a, b, c) => {
      expect(same(addDecimals(a, b), addDecimals(b, a))).toBe(true);
      expect(same(addDecimals(addDecimals(a, b), c), addDecimals(a, addDecimals(b, c)))).toBe(true);
      expect(same(subtractDecimals(addDecimals(a, b), b), a)).toBe(true);
      const spread = addDecimals(multiplyDecimals(a, b), multiplyDecimals(a, c));
      expect(same(multiplyDecimals(a, addDecimals(b, c)), spread)).toBe(true);
      expect(compareDecimals(a, b) > 0).toBe(subtractDecimals(a, b).coefficient > 0n);
    }),
  );
});

it('sums as adding one by one', () => {
  fc.assert(
    fc.property(fc.array(anyDecimal, { maxLength: 20 }), (values) => {
      expect(same(sumDecimals(values), values.reduce(addDecimals, ZERO))).toBe(true);
    }),
  );
});

it('rounds to the nearest, halves away from zero, the same below and above zero', () => {
  fc.assert(
    fc.property(anyDecimal, fc.integer({ min: 0, max: 6 }), (value, scale) => {
      const rounded = roundDecimal(value, scale);
      const error = subtractDecimals(value, rounded);
      const twice = {
        coefficient: error.coefficient < 0n ? -2n * error.coefficient : 2n * error.coefficient,
        scale: error.scale,
      };
      const step = { coefficient: 1n, scale };
      expect(compareDecimals(twice, step)).toBeLessThanOrEqual(0);
      // On an exact half the result is the farther one from zero, so the error points back towards it.
      if (same(twice, step)) expect(error.coefficient < 0n).toBe(value.coefficient > 0n);
      expect(same(roundDecimal(negateDecimal(value), scale), negateDecimal(rounded))).toBe(true);
    }),
  );
});

it('divides as the rounded exact quotient', () => {
  fc.assert(
    fc.property(anyDecimal, anyDecimal, fc.integer({ min: 0, max: 6 }), (a, b, scale) => {
      fc.pre(!same(b, ZERO));
      const quotient = divideDecimals(a, b, scale);
      // |a - q*b| * 2 <= |b| * 10^-scale
      const error = subtractDecimals(a, multiplyDecimals(quotient, b));
      const magnitude = (value: Decimal): Decimal => (value.coefficient < 0n ? negateDecimal(value) : value);
      const bound = multiplyDecimals(magnitude(b), { coefficient: 1n, scale });
      expect(
        compareDecimals(multiplyDecimals(magnitude(error), { coefficient: 2n, scale: 0 }), bound),
      ).toBeLessThanOrEqual(0);
    }),
  );
});

it('never throws for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(typeof parseDecimal(text).ok).toBe('boolean');
    }),
  );
});
