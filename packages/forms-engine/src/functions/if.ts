import { DEPENDS, Fault } from '../fault.ts';
import { asBoolean, asNumber, asText, asValue } from '../formula/compiled.ts';
import type { BooleanFormula, CompiledFormula, Scene } from '../formula/compiled.ts';
import { FormulaError } from '../formula/formula-error.ts';
import type { FormulaFunction } from './formula-function.ts';

const choose =
  <T>(condition: BooleanFormula, whenTrue: (scene: Scene) => T, whenFalse: (scene: Scene) => T) =>
  (scene: Scene): T | Fault => {
    const held = condition.run(scene);
    if (held instanceof Fault) return DEPENDS;
    return held ? whenTrue(scene) : whenFalse(scene);
  };

const sameType = (
  condition: BooleanFormula,
  whenTrue: CompiledFormula,
  whenFalse: CompiledFormula,
): CompiledFormula => {
  switch (whenTrue.type) {
    case 'number':
      return { type: 'number', run: choose(condition, whenTrue.run, asNumber(whenFalse).run) };
    case 'text':
      return { type: 'text', run: choose(condition, whenTrue.run, asText(whenFalse).run) };
    case 'boolean':
      return { type: 'boolean', run: choose(condition, whenTrue.run, asBoolean(whenFalse).run) };
  }
};

export const ifFunction: FormulaFunction = {
  name: 'if',
  doc: 'if(condition, a, b): a when the condition holds, otherwise b; only the chosen one is computed',
  arity: [3, 3],
  compile: ([condition, whenTrue, whenFalse]) => {
    if (condition === undefined || whenTrue === undefined || whenFalse === undefined) {
      throw new FormulaError('wrong_arguments', 'if');
    }
    return sameType(asBoolean(condition), asValue(whenTrue), asValue(whenFalse));
  },
};
