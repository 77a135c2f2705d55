import type { Cell, Check, Column, FieldLimits, Table } from './definition.ts';
import type { FieldKind, FieldValue } from './fields/field-kind.ts';
import type { CompiledFormula } from './formula/compiled.ts';

/** How one cell or column gets its value. */
export interface FieldPlan {
  readonly index: number;
  readonly cell: Cell | Column;
  readonly kind: FieldKind;
  readonly limits: FieldLimits;
  readonly empty: FieldValue;
  readonly formula: CompiledFormula | undefined;
  readonly defaultFormula: CompiledFormula | undefined;
}

/** A check at one of its places. */
export interface CheckPlan {
  readonly check: Check;
  /** The cell, or the column of the table, by its number. */
  readonly index: number;
  readonly must: CompiledFormula;
  readonly data: readonly (readonly [string, CompiledFormula])[];
}

export interface TablePlan {
  readonly table: Table;
  readonly columns: readonly FieldPlan[];
  /** Columns in the order in which a row is computed, inputs first; formulas only when `selfContained`. */
  readonly rowOrder: readonly number[];
  /** Every column and check looks at its own row and the context only, so an unchanged row need not be computed again. */
  readonly selfContained: boolean;
  readonly checks: readonly CheckPlan[];
}

export type Step =
  | { readonly step: 'cell'; readonly index: number }
  | { readonly step: 'column'; readonly table: number; readonly index: number };

/** A form ready to run: everything numbered, formulas as closures, the order fixed. */
export interface FormPlan {
  /** In the order of the sections. */
  readonly cells: readonly FieldPlan[];
  readonly tables: readonly TablePlan[];
  /** Computed cells and the columns of tables that are not self-contained, sources first. */
  readonly steps: readonly Step[];
  readonly checks: readonly CheckPlan[];
  /** Position of each cell and table in the sections. */
  readonly rank: { readonly cell: readonly number[]; readonly table: readonly number[] };
}
