import { isCalendarQuarter } from '@sochi/kernel';
import { DEPENDS, Fault } from '../fault.ts';
import { asText } from '../formula/compiled.ts';
import { FormulaError } from '../formula/formula-error.ts';
import type { FormulaFunction } from './formula-function.ts';

export const isQuarter: FormulaFunction = {
  name: 'isQuarter',
  doc: 'isQuarter(from, to): whether two ISO dates are the first and last day of one calendar quarter',
  arity: [2, 2],
  compile: ([first, last]) => {
    if (first === undefined || last === undefined) throw new FormulaError('wrong_arguments', 'isQuarter');
    const [{ run: runFrom }, { run: runTo }] = [asText(first), asText(last)];
    return {
      type: 'boolean',
      run: (scene) => {
        const [from, to] = [runFrom(scene), runTo(scene)];
        return from instanceof Fault || to instanceof Fault ? DEPENDS : isCalendarQuarter({ from, to });
      },
    };
  },
};
