import type { Formula } from './ast.ts';

const STRENGTH = {
  or: 1,
  and: 2,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
} as const;
const NOT = 3;
const NEGATE = 7;

const strength = (formula: Formula): number => {
  if (formula.node === 'binary') return STRENGTH[formula.operator];
  if (formula.node === 'not') return NOT;
  return formula.node === 'negate' ? NEGATE : 8;
};

const atLeast = (needed: number, formula: Formula): string =>
  strength(formula) < needed ? `(${printFormula(formula)})` : printFormula(formula);

const printBinary = (formula: Extract<Formula, { node: 'binary' }>): string => {
  const own = STRENGTH[formula.operator];
  // Comparisons do not chain, so both sides must be stronger; elsewhere the left side may be equal.
  const left = atLeast(own === STRENGTH['='] ? own + 1 : own, formula.left);
  return `${left} ${formula.operator} ${atLeast(own + 1, formula.right)}`;
};

/** The text of a formula with no more parentheses than needed; parsing it gives the same formula. */
export const printFormula = (formula: Formula): string => {
  switch (formula.node) {
    case 'number':
      return formula.value;
    case 'text':
      return `'${formula.value.replaceAll("'", "''")}'`;
    case 'boolean':
      return String(formula.value);
    case 'cell':
      return `c${formula.code}`;
    case 'column':
      return `${formula.table}.${formula.code}`;
    case 'row':
      return `row.${formula.code}`;
    case 'this':
      return 'this';
    case 'context':
      return `$${formula.name}`;
    case 'default':
      return `default(${printFormula(formula.of)})`;
    case 'negate':
      return `-${atLeast(NEGATE, formula.of)}`;
    case 'not':
      return `not ${atLeast(NOT, formula.of)}`;
    case 'binary':
      return printBinary(formula);
    case 'call':
      return `${formula.name}(${formula.args.map(printFormula).join(', ')})`;
  }
};
