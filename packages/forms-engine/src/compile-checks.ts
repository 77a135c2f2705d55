import type { Attempt } from './attempt.ts';
import type { Check, CheckPlace, FormDefinition } from './definition.ts';
import { scopeOf } from './field-sketch.ts';
import type { Sketches } from './field-sketch.ts';
import type { Formula, Reference } from './formula/ast.ts';
import { asBoolean } from './formula/compiled.ts';
import type { CompiledFormula } from './formula/compiled.ts';
import { compileFormula } from './formula/compile.ts';
import { FormulaError } from './formula/formula-error.ts';
import { parseFormula } from './formula/parse.ts';
import { references, withThis } from './formula/references.ts';
import type { CheckPlan } from './plan.ts';

interface CheckWork {
  readonly definition: FormDefinition;
  readonly sketches: Sketches;
  readonly tables: readonly string[];
  readonly defaults: ReadonlyMap<string, CompiledFormula>;
  readonly attempt: Attempt;
}

interface PlacedCheck {
  readonly table: string | undefined;
  readonly plan: CheckPlan;
  /** Looks at its own row and the context only. */
  readonly alone: boolean;
}

export interface CompiledChecks {
  readonly ofCells: readonly CheckPlan[];
  readonly byTable: ReadonlyMap<string, { readonly plans: readonly CheckPlan[]; readonly alone: boolean }>;
}

const isAlone = (formula: Formula): boolean => references(formula).every(({ node }) => node === 'row');

const referenceTo = (place: CheckPlace): Reference =>
  'cell' in place ? { node: 'cell', code: place.cell } : { node: 'row', code: place.column };

const placeCheck = (check: Check, place: CheckPlace, work: CheckWork): PlacedCheck => {
  const table = 'cell' in place ? undefined : place.table;
  const node = 'cell' in place ? `c${place.cell}` : `${place.table}.${place.column}`;
  const sketch = work.sketches.get(node);
  if (sketch === undefined) throw new FormulaError('unknown_reference', node);
  const scope = scopeOf(work.sketches, work.tables, { table, defaults: work.defaults });
  const reference = referenceTo(place);
  const read = (source: string): Formula => withThis(parseFormula(source), reference);
  const must = read(check.must);
  const data = Object.entries(check.data ?? {}).map(([name, source]) => [name, read(source)] as const);
  return {
    table,
    alone: isAlone(must) && data.every(([, formula]) => isAlone(formula)),
    plan: {
      check,
      index: sketch.index,
      must: asBoolean(compileFormula(must, scope)),
      data: data.map(([name, formula]) => [name, compileFormula(formula, scope)] as const),
    },
  };
};

/** Every check at every one of its places, ready to run. */
export const compileChecks = (work: CheckWork): CompiledChecks => {
  const placed = work.definition.checks.flatMap((check) =>
    check.at.flatMap(
      (place) => work.attempt(`check ${check.id}`, () => placeCheck(check, place, work)) ?? [],
    ),
  );
  const ofTable = (code: string): PlacedCheck[] => placed.filter(({ table }) => table === code);
  return {
    ofCells: placed.filter(({ table }) => table === undefined).map(({ plan }) => plan),
    byTable: new Map(
      work.tables.map((code) => [
        code,
        { plans: ofTable(code).map(({ plan }) => plan), alone: ofTable(code).every(({ alone }) => alone) },
      ]),
    ),
  };
};
