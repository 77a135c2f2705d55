import { decimal, negateDecimal } from '@sochi/kernel';
import { DEPENDS, Fault } from '../fault.ts';
import { FORMULA_FUNCTIONS } from '../functions/formula-functions.ts';
import type { Formula, Reference } from './ast.ts';
import { asBoolean, asNumber, asValue, isNumber } from './compiled.ts';
import type { ColumnFormula, CompiledArgument, CompiledFormula, Scene, Slot } from './compiled.ts';
import { FormulaError } from './formula-error.ts';
import { compileOperator } from './operators.ts';
import { printFormula } from './print.ts';

/** What names mean where a formula stands; each answer is undefined when there is no such thing. */
export interface FormulaScope {
  readonly cell: (code: string) => { readonly index: number; readonly type: 'number' | 'text' } | undefined;
  readonly column: (table: string, code: string) => Omit<ColumnFormula, 'type'> | undefined;
  readonly rowColumn: (
    code: string,
  ) => { readonly index: number; readonly type: 'number' | 'text' } | undefined;
  readonly defaultOf: (reference: Reference) => CompiledFormula | undefined;
}

const unknown = (formula: Formula): FormulaError =>
  new FormulaError('unknown_reference', printFormula(formula));

const slotReader = (type: 'number' | 'text', read: (scene: Scene) => Slot | undefined): CompiledFormula => {
  if (type === 'text') {
    return {
      type,
      run: (scene) => {
        const slot = read(scene);
        return typeof slot === 'string' ? slot : DEPENDS;
      },
    };
  }
  return {
    type,
    run: (scene) => {
      const slot = read(scene);
      return isNumber(slot) ? slot : DEPENDS;
    },
  };
};

const compileReference = (formula: Reference, scope: FormulaScope): CompiledArgument => {
  if (formula.node === 'column') {
    const column = scope.column(formula.table, formula.code);
    if (column === undefined) throw unknown(formula);
    return { type: 'column', ...column };
  }
  if (formula.node === 'cell') {
    const cell = scope.cell(formula.code);
    if (cell === undefined) throw unknown(formula);
    return slotReader(cell.type, (scene) => scene.cells[cell.index]);
  }
  const column = formula.node === 'row' ? scope.rowColumn(formula.code) : undefined;
  if (column === undefined) throw unknown(formula);
  return slotReader(column.type, (scene) => scene.row[column.index]);
};

const compileCall = (formula: Extract<Formula, { node: 'call' }>, scope: FormulaScope): CompiledFormula => {
  const called = FORMULA_FUNCTIONS.get(formula.name);
  if (called === undefined) throw new FormulaError('unknown_function', formula.name);
  const [least, most] = called.arity;
  if (formula.args.length < least || formula.args.length > most) {
    throw new FormulaError('wrong_arguments', `${formula.name} got ${formula.args.length}`);
  }
  return called.compile(formula.args.map((argument) => compileArgument(argument, scope)));
};

const compileArgument = (formula: Formula, scope: FormulaScope): CompiledArgument =>
  formula.node === 'column' ? compileReference(formula, scope) : compileFormula(formula, scope);

const compileDefault = (of: Reference, scope: FormulaScope): CompiledFormula => {
  const compiled = scope.defaultOf(of);
  if (compiled === undefined) throw unknown({ node: 'default', of });
  return compiled;
};

const compileNegate = (of: CompiledFormula): CompiledFormula => {
  const { run } = asNumber(of);
  return {
    type: 'number',
    run: (scene) => {
      const value = run(scene);
      return value instanceof Fault ? DEPENDS : negateDecimal(value);
    },
  };
};

const compileNot = (of: CompiledFormula): CompiledFormula => {
  const { run } = asBoolean(of);
  return {
    type: 'boolean',
    run: (scene) => {
      const value = run(scene);
      return value instanceof Fault ? DEPENDS : !value;
    },
  };
};

/** Turns a formula into closures; throws FormulaError for unknown names, wrong types or inexact divisions. */
export const compileFormula = (formula: Formula, scope: FormulaScope): CompiledFormula => {
  switch (formula.node) {
    case 'number': {
      const value = decimal(formula.value);
      return { type: 'number', run: () => value };
    }
    case 'text':
      return { type: 'text', run: () => formula.value };
    case 'boolean':
      return { type: 'boolean', run: () => formula.value };
    case 'context':
      return { type: 'text', run: (scene) => scene.context[formula.name] };
    case 'default':
      return compileDefault(formula.of, scope);
    case 'negate':
      return compileNegate(compileFormula(formula.of, scope));
    case 'not':
      return compileNot(compileFormula(formula.of, scope));
    case 'binary': {
      const left = compileFormula(formula.left, scope);
      return compileOperator(formula.operator, {
        left,
        right: compileFormula(formula.right, scope),
        rightSource: formula.right,
      });
    }
    case 'call':
      return compileCall(formula, scope);
    default:
      return asValue(compileReference(formula, scope));
  }
};
