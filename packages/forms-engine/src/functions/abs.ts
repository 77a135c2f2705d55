import { numberFunction } from './formula-function.ts';

export const abs = numberFunction(
  { name: 'abs', doc: 'abs(x): x without its sign', arity: [1, 1] },
  (value) => (value.coefficient < 0n ? { ...value, coefficient: -value.coefficient } : value),
);
