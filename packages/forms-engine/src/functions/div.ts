import { divideDecimals, formatDecimal } from '@sochi/kernel';
import { Fault } from '../fault.ts';
import { numberFunction } from './formula-function.ts';

const MOST_DIGITS = 12;

export const div = numberFunction(
  {
    name: 'div',
    doc: 'div(a, b, scale): a / b rounded half-up to 0..12 digits after the point',
    arity: [3, 3],
  },
  (dividend, [divisor, scale]) => {
    if (divisor === undefined || divisor.coefficient === 0n) return Fault.of('division_by_zero');
    const digits = Math.trunc(Number(scale === undefined ? '0' : formatDecimal(scale)));
    return divideDecimals(dividend, divisor, Math.min(Math.max(digits, 0), MOST_DIGITS));
  },
);
