import { abs } from './abs.ts';
import { div } from './div.ts';
import type { FormulaFunction } from './formula-function.ts';
import { ifFunction } from './if.ts';
import { isQuarter } from './is-quarter.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { oneOf } from './one-of.ts';
import { r2 } from './r2.ts';
import { sum } from './sum.ts';

/** Every function of the formula language by its name. */
export const FORMULA_FUNCTIONS: ReadonlyMap<string, FormulaFunction> = new Map(
  [abs, div, ifFunction, isQuarter, max, min, oneOf, r2, sum].map((entry) => [entry.name, entry]),
);
