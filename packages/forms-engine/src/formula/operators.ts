import { addDecimals, compareDecimals, decimal, multiplyDecimals, subtractDecimals } from '@sochi/kernel';
import type { Decimal } from '@sochi/kernel';
import { DEPENDS, Fault } from '../fault.ts';
import type { BinaryOperator, Formula } from './ast.ts';
import { asBoolean, asNumber, asText } from './compiled.ts';
import type { BooleanFormula, CompiledFormula, NumberFormula } from './compiled.ts';
import { FormulaError } from './formula-error.ts';

type Arithmetic = (a: Decimal, b: Decimal) => Decimal;

const arithmetic = (left: CompiledFormula, right: CompiledFormula, operation: Arithmetic): NumberFormula => {
  const [{ run: first }, { run: second }] = [asNumber(left), asNumber(right)];
  return {
    type: 'number',
    run: (scene) => {
      const [a, b] = [first(scene), second(scene)];
      return a instanceof Fault || b instanceof Fault ? DEPENDS : operation(a, b);
    },
  };
};

const COMPARED = {
  '=': (order: number) => order === 0,
  '<>': (order: number) => order !== 0,
  '<': (order: number) => order < 0,
  '<=': (order: number) => order <= 0,
  '>': (order: number) => order > 0,
  '>=': (order: number) => order >= 0,
} as const;

/** Numbers compare by size, texts by their characters (ISO dates compare as days). */
const comparison = (
  left: CompiledFormula,
  right: CompiledFormula,
  holds: (order: number) => boolean,
): BooleanFormula => {
  if (left.type === 'text') {
    const [{ run: first }, { run: second }] = [left, asText(right)];
    return {
      type: 'boolean',
      run: (scene) => {
        const [a, b] = [first(scene), second(scene)];
        return a instanceof Fault || b instanceof Fault ? DEPENDS : holds(a < b ? -1 : a > b ? 1 : 0);
      },
    };
  }
  const [{ run: first }, { run: second }] = [asNumber(left), asNumber(right)];
  return {
    type: 'boolean',
    run: (scene) => {
      const [a, b] = [first(scene), second(scene)];
      return a instanceof Fault || b instanceof Fault ? DEPENDS : holds(compareDecimals(a, b));
    },
  };
};

/** `and` stops at the first false, `or` at the first true. */
const logic = (left: CompiledFormula, right: CompiledFormula, stopsAt: boolean): BooleanFormula => {
  const [{ run: first }, { run: second }] = [asBoolean(left), asBoolean(right)];
  return {
    type: 'boolean',
    run: (scene) => {
      const a = first(scene);
      if (a instanceof Fault) return DEPENDS;
      return a === stopsAt ? a : second(scene);
    },
  };
};

/** 1 / text when that is an exact decimal. */
const reciprocal = (text: string): Decimal => {
  const { coefficient, scale } = decimal(text);
  for (let digits = 0; coefficient !== 0n && digits <= 40; digits += 1) {
    const numerator = 10n ** BigInt(scale + digits);
    if (numerator % coefficient === 0n) return { coefficient: numerator / coefficient, scale: digits };
  }
  throw new FormulaError('inexact_division', `by ${text}: use div(a, b, scale)`);
};

const division = (left: CompiledFormula, divisor: Formula): NumberFormula => {
  if (divisor.node !== 'number')
    throw new FormulaError('inexact_division', 'by a variable: use div(a, b, scale)');
  const factor = reciprocal(divisor.value);
  const { run } = asNumber(left);
  return {
    type: 'number',
    run: (scene) => {
      const value = run(scene);
      return value instanceof Fault ? DEPENDS : multiplyDecimals(value, factor);
    },
  };
};

/** A binary operator over compiled sides; throws FormulaError (wrong_type, inexact_division). */
export const compileOperator = (
  operator: BinaryOperator,
  formula: { left: CompiledFormula; right: CompiledFormula; rightSource: Formula },
): CompiledFormula => {
  const { left, right, rightSource } = formula;
  switch (operator) {
    case 'or':
      return logic(left, right, true);
    case 'and':
      return logic(left, right, false);
    case '+':
      return arithmetic(left, right, addDecimals);
    case '-':
      return arithmetic(left, right, subtractDecimals);
    case '*':
      return arithmetic(left, right, multiplyDecimals);
    case '/':
      return division(left, rightSource);
    default:
      return comparison(left, right, COMPARED[operator]);
  }
};
