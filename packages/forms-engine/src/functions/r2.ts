import { roundDecimal } from '@sochi/kernel';
import { DEPENDS, Fault } from '../fault.ts';
import { asNumber } from '../formula/compiled.ts';
import type { FormulaFunction } from './formula-function.ts';
import { FormulaError } from '../formula/formula-error.ts';

export const r2: FormulaFunction = {
  name: 'r2',
  doc: 'r2(x): x rounded to tyiyn (0.01), halves away from zero',
  arity: [1, 1],
  compile: ([argument]) => {
    if (argument === undefined) throw new FormulaError('wrong_arguments', 'r2');
    const { run } = asNumber(argument);
    return {
      type: 'number',
      run: (scene) => {
        const value = run(scene);
        return value instanceof Fault ? DEPENDS : roundDecimal(value, 2);
      },
    };
  },
};
