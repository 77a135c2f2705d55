import { compareDecimals } from '@sochi/kernel';
import { numberFunction } from './formula-function.ts';

export const max = numberFunction(
  { name: 'max', doc: 'max(a, b, ...): the largest', arity: [1, 50] },
  (first, rest) => rest.reduce((most, value) => (compareDecimals(value, most) > 0 ? value : most), first),
);
