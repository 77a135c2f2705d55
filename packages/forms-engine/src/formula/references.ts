import type { Formula, Reference } from './ast.ts';

const children = (formula: Formula): readonly Formula[] => {
  switch (formula.node) {
    case 'negate':
    case 'not':
      return [formula.of];
    case 'binary':
      return [formula.left, formula.right];
    case 'call':
      return formula.args;
    default:
      return [];
  }
};

/** Every cell and column whose value a formula reads; `default(x)` reads no value of x. */
export const references = (formula: Formula): Reference[] => {
  if (formula.node === 'cell' || formula.node === 'column' || formula.node === 'row') return [formula];
  return children(formula).flatMap(references);
};

/** The formula with `this` replaced by the place a check is made at. */
export const withThis = (formula: Formula, place: Reference): Formula => {
  switch (formula.node) {
    case 'this':
      return place;
    case 'default':
      return formula.of.node === 'this' ? { node: 'default', of: place } : formula;
    case 'negate':
    case 'not':
      return { node: formula.node, of: withThis(formula.of, place) };
    case 'binary':
      return { ...formula, left: withThis(formula.left, place), right: withThis(formula.right, place) };
    case 'call':
      return { ...formula, args: formula.args.map((argument) => withThis(argument, place)) };
    default:
      return formula;
  }
};
