import { compareDecimals } from '@sochi/kernel';
import { DEPENDS, Fault } from '../fault.ts';
import { asNumber, asText, asValue } from '../formula/compiled.ts';
import type { BooleanFormula, NumberFormula, Scene, TextFormula } from '../formula/compiled.ts';
import { FormulaError } from '../formula/formula-error.ts';
import type { FormulaFunction } from './formula-function.ts';

const among = <T>(
  sought: (scene: Scene) => T | Fault,
  choices: readonly ((scene: Scene) => T | Fault)[],
  equal: (a: T, b: T) => boolean,
): BooleanFormula => ({
  type: 'boolean',
  run: (scene) => {
    const value = sought(scene);
    if (value instanceof Fault) return DEPENDS;
    return choices.some((choice) => {
      const candidate = choice(scene);
      return !(candidate instanceof Fault) && equal(value, candidate);
    });
  },
});

const runsOf = <T>(formulas: readonly { run: T }[]): T[] => formulas.map(({ run }) => run);

export const oneOf: FormulaFunction = {
  name: 'oneOf',
  doc: 'oneOf(x, a, b, ...): whether x equals one of the others; numbers or texts',
  arity: [2, 200],
  compile: ([sought, ...choices]) => {
    if (sought === undefined) throw new FormulaError('wrong_arguments', 'oneOf');
    if (sought.type === 'text') {
      const texts: TextFormula[] = choices.map(asText);
      return among(sought.run, runsOf(texts), (a, b) => a === b);
    }
    const numbers: NumberFormula[] = choices.map(asNumber);
    return among(asNumber(asValue(sought)).run, runsOf(numbers), (a, b) => compareDecimals(a, b) === 0);
  },
};
