import type { Cell, FormDefinition } from '@sochi/forms-engine';

const CELL_REFERENCE = /\bc(\w+)/g;

/** The results of a form: computed cells from which nothing else is computed. */
export const summaryCells = ({ cells, tables }: Pick<FormDefinition, 'cells' | 'tables'>): Cell[] => {
  const formulas = [...cells, ...tables.flatMap(({ columns }) => columns)].flatMap(
    ({ formula }) => formula ?? [],
  );
  const used = new Set(
    formulas.flatMap((formula) => [...formula.matchAll(CELL_REFERENCE)].map(([, code]) => code)),
  );
  return cells.filter(({ code, formula }) => formula !== undefined && !used.has(code));
};
