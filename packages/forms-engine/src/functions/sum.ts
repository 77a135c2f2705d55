import { sumDecimals } from '@sochi/kernel';
import type { Decimal } from '@sochi/kernel';
import { DEPENDS } from '../fault.ts';
import { asColumn, isNumber } from '../formula/compiled.ts';
import { FormulaError } from '../formula/formula-error.ts';
import type { FormulaFunction } from './formula-function.ts';

export const sum: FormulaFunction = {
  name: 'SUM',
  doc: 'SUM(TABLE.column): the sum over all rows, 0 for an empty table',
  arity: [1, 1],
  compile: ([argument]) => {
    if (argument === undefined) throw new FormulaError('wrong_arguments', 'SUM');
    const { table, column } = asColumn(argument);
    return {
      type: 'number',
      run: (scene) => {
        const values: Decimal[] = [];
        for (const row of scene.tables[table] ?? []) {
          const slot = row[column];
          if (!isNumber(slot)) return DEPENDS;
          values.push(slot);
        }
        return sumDecimals(values);
      },
    };
  },
};
