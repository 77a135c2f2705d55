import type { Decimal } from '@sochi/kernel';
import { Fault } from '../fault.ts';
import type { ContextName } from './ast.ts';
import { FormulaError } from './formula-error.ts';

export type Value = Decimal | string | boolean;
export type Slot = Value | Fault;
export type ValueType = 'number' | 'text' | 'boolean';

/** What a running formula sees; slots are numbered when the form is compiled. */
export interface Scene {
  readonly cells: readonly (Slot | undefined)[];
  readonly tables: readonly (readonly (readonly (Slot | undefined)[])[])[];
  readonly context: Readonly<Record<ContextName, string>>;
  /** The row being computed, for `row.column`. */
  readonly row: readonly (Slot | undefined)[];
}

export interface NumberFormula {
  readonly type: 'number';
  readonly run: (scene: Scene) => Decimal | Fault;
}
export interface TextFormula {
  readonly type: 'text';
  readonly run: (scene: Scene) => string | Fault;
}
export interface BooleanFormula {
  readonly type: 'boolean';
  readonly run: (scene: Scene) => boolean | Fault;
}
/** A whole column, only as an argument of functions over columns. */
export interface ColumnFormula {
  readonly type: 'column';
  readonly table: number;
  readonly column: number;
}

/** A formula turned into closures, with its type known. */
export type CompiledFormula = NumberFormula | TextFormula | BooleanFormula;
export type CompiledArgument = CompiledFormula | ColumnFormula;

const wrongType = (wanted: string, found: string): FormulaError =>
  new FormulaError('wrong_type', `${wanted} wanted, ${found} found`);

export const asNumber = (formula: CompiledArgument): NumberFormula => {
  if (formula.type !== 'number') throw wrongType('number', formula.type);
  return formula;
};

export const asText = (formula: CompiledArgument): TextFormula => {
  if (formula.type !== 'text') throw wrongType('text', formula.type);
  return formula;
};

export const asBoolean = (formula: CompiledArgument): BooleanFormula => {
  if (formula.type !== 'boolean') throw wrongType('boolean', formula.type);
  return formula;
};

export const asColumn = (formula: CompiledArgument): ColumnFormula => {
  if (formula.type !== 'column') throw wrongType('column', formula.type);
  return formula;
};

export const asValue = (formula: CompiledArgument): CompiledFormula => {
  if (formula.type === 'column') throw wrongType('value', 'column');
  return formula;
};

/** Narrows a slot to a number. */
export const isNumber = (slot: Slot | undefined): slot is Decimal =>
  typeof slot === 'object' && !(slot instanceof Fault);
