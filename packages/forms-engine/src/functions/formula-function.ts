import type { Decimal } from '@sochi/kernel';
import { DEPENDS, Fault } from '../fault.ts';
import { asNumber } from '../formula/compiled.ts';
import type { CompiledArgument, CompiledFormula, Scene } from '../formula/compiled.ts';

/** One function of the formula language; the table of all is `formula-functions.ts`. */
export interface FormulaFunction {
  readonly name: string;
  readonly doc: string;
  /** Least and most arguments. */
  readonly arity: readonly [number, number];
  /** Checks the types of the arguments (FormulaError wrong_type) and gives the closure. */
  readonly compile: (args: readonly CompiledArgument[]) => CompiledFormula;
}

/** A function from numbers to a number; any fault among its arguments makes the result `depends`. */
export const numberFunction = (
  given: Pick<FormulaFunction, 'name' | 'doc' | 'arity'>,
  apply: (first: Decimal, rest: readonly Decimal[]) => Decimal | Fault,
): FormulaFunction => ({
  ...given,
  compile: (args) => {
    const runs = args.map((argument) => asNumber(argument).run);
    const numbers = (scene: Scene): Decimal[] | undefined => {
      const values: Decimal[] = [];
      for (const run of runs) {
        const value = run(scene);
        if (value instanceof Fault) return undefined;
        values.push(value);
      }
      return values;
    };
    return {
      type: 'number',
      run: (scene) => {
        const [first, ...rest] = numbers(scene) ?? [];
        return first === undefined ? DEPENDS : apply(first, rest);
      },
    };
  },
});
