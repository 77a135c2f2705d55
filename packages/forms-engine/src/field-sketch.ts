import { readingOrder } from './check-layout.ts';
import type { Cell, Column, FormDefinition } from './definition.ts';
import { FIELD_KIND_TABLE } from './fields/field-kinds.ts';
import type { Formula, Reference } from './formula/ast.ts';
import type { CompiledFormula } from './formula/compiled.ts';
import type { FormulaScope } from './formula/compile.ts';
import { references } from './formula/references.ts';

/** A cell or column with its number and its parsed formulas, before anything is compiled. */
export interface FieldSketch {
  /** Name in the dependency graph: `c050` or `TABLE.column`. */
  readonly node: string;
  readonly cell: Cell | Column;
  readonly table: string | undefined;
  readonly index: number;
  readonly formula: Formula | undefined;
  readonly default: Formula | undefined;
}

export type Sketches = ReadonlyMap<string, FieldSketch>;
type Parse = (where: string, source: string | undefined) => Formula | undefined;

/** Cells and tables in reading order, so that nothing depends on the order of the definition's lists. */
export const sketchFields = (definition: FormDefinition, parse: Parse): Sketches => {
  const placed = readingOrder(definition);
  const sketches = new Map<string, FieldSketch>();
  const add = (cell: Cell | Column, table: string | undefined, index: number): void => {
    const node = table === undefined ? `c${cell.code}` : `${table}.${cell.code}`;
    const formula = parse(node, cell.formula);
    sketches.set(node, {
      node,
      cell,
      table,
      index,
      formula,
      default: parse(`default of ${node}`, cell.default),
    });
  };
  for (const [index, code] of placed.cells.entries()) {
    const cell = definition.cells.find((candidate) => candidate.code === code);
    if (cell !== undefined) add(cell, undefined, index);
  }
  for (const code of placed.tables) {
    const table = definition.tables.find((candidate) => candidate.code === code);
    for (const [index, column] of (table?.columns ?? []).entries()) add(column, code, index);
  }
  return sketches;
};

/** The graph's name of what a formula standing in `table` (or in a cell) refers to. */
export const nodeOf = (reference: Reference, table: string | undefined): string => {
  switch (reference.node) {
    case 'cell':
      return `c${reference.code}`;
    case 'column':
      return `${reference.table}.${reference.code}`;
    case 'row':
      return `${table ?? 'row'}.${reference.code}`;
    case 'this':
      return 'this';
  }
};

/** Sources of every node, for ordering. */
export const dependencies = (sketches: Sketches): Map<string, string[]> =>
  new Map(
    [...sketches.values()].map(({ node, formula, table }) => [
      node,
      formula === undefined ? [] : references(formula).map((reference) => nodeOf(reference, table)),
    ]),
  );

const slotOf = (sketch: FieldSketch | undefined): { index: number; type: 'number' | 'text' } | undefined =>
  sketch && { index: sketch.index, type: FIELD_KIND_TABLE[sketch.cell.kind].valueType };

/** What names mean in the formulas of `table`, or of cells when it is undefined. */
export const scopeOf = (
  sketches: Sketches,
  tables: readonly string[],
  place: { readonly table: string | undefined; readonly defaults: ReadonlyMap<string, CompiledFormula> },
): FormulaScope => ({
  cell: (code) => slotOf(sketches.get(`c${code}`)),
  rowColumn: (code) =>
    place.table === undefined ? undefined : slotOf(sketches.get(`${place.table}.${code}`)),
  column: (table, code) => {
    const found = slotOf(sketches.get(`${table}.${code}`));
    return found && { table: tables.indexOf(table), column: found.index };
  },
  defaultOf: (reference) => place.defaults.get(nodeOf(reference, place.table)),
});

/** Names mean nothing in the formula of a default: only constants and the context are known there. */
export const CONSTANT_SCOPE: FormulaScope = {
  cell: () => undefined,
  column: () => undefined,
  rowColumn: () => undefined,
  defaultOf: () => undefined,
};
