import { compareDecimals } from '@sochi/kernel';
import { numberFunction } from './formula-function.ts';

export const min = numberFunction(
  { name: 'min', doc: 'min(a, b, ...): the smallest', arity: [1, 50] },
  (first, rest) => rest.reduce((least, value) => (compareDecimals(value, least) < 0 ? value : least), first),
);
