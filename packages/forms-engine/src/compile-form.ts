import { attemptInto } from './attempt.ts';
import type { Attempt } from './attempt.ts';
import { layoutProblems, readingOrder } from './check-layout.ts';
import { compileChecks } from './compile-checks.ts';
import type { Cell, FormDefinition, Table } from './definition.ts';
import { dependencyOrder } from './dependency-order.ts';
import { CONSTANT_SCOPE, dependencies, scopeOf, sketchFields } from './field-sketch.ts';
import type { FieldSketch, Sketches } from './field-sketch.ts';
import { FIELD_KIND_TABLE, effectiveLimits } from './fields/field-kinds.ts';
import { FormDefinitionError } from './form-definition-error.ts';
import type { CompiledFormula } from './formula/compiled.ts';
import { FormulaError } from './formula/formula-error.ts';
import { compileFormula } from './formula/compile.ts';
import { parseFormula } from './formula/parse.ts';
import { references } from './formula/references.ts';
import type { CheckPlan, FieldPlan, FormPlan, Step, TablePlan } from './plan.ts';

/** A valid form, ready to calculate; compile once and keep it. */
export interface CompiledForm {
  readonly definition: FormDefinition;
  readonly cells: ReadonlyMap<string, Cell>;
  readonly tables: ReadonlyMap<string, Table>;
  /** The engine's own business. */
  readonly plan: FormPlan;
}

const typed = (sketch: FieldSketch, formula: CompiledFormula): CompiledFormula => {
  const wanted = FIELD_KIND_TABLE[sketch.cell.kind].valueType;
  if (formula.type !== wanted)
    throw new FormulaError('wrong_type', `${wanted} wanted, ${formula.type} found`);
  return formula;
};

const emptyFormula = (sketch: FieldSketch): CompiledFormula => {
  const { empty } = FIELD_KIND_TABLE[sketch.cell.kind];
  return typeof empty === 'string'
    ? { type: 'text', run: () => empty }
    : { type: 'number', run: () => empty };
};

const compileDefaults = (sketches: Sketches, attempt: Attempt): Map<string, CompiledFormula> => {
  const defaults = new Map<string, CompiledFormula>();
  for (const sketch of sketches.values()) {
    const source = sketch.default;
    const formula =
      source &&
      attempt(`default of ${sketch.node}`, () => typed(sketch, compileFormula(source, CONSTANT_SCOPE)));
    defaults.set(sketch.node, formula ?? emptyFormula(sketch));
  }
  return defaults;
};

interface Workshop {
  readonly definition: FormDefinition;
  readonly sketches: Sketches;
  readonly defaults: ReadonlyMap<string, CompiledFormula>;
  readonly tables: readonly string[];
  readonly order: readonly string[];
  readonly attempt: Attempt;
}

const fieldPlan = (sketch: FieldSketch, { sketches, tables, defaults, attempt }: Workshop): FieldPlan => {
  const scope = scopeOf(sketches, tables, { table: sketch.table, defaults });
  const source = sketch.formula;
  const kind = FIELD_KIND_TABLE[sketch.cell.kind];
  return {
    index: sketch.index,
    cell: sketch.cell,
    kind,
    limits: effectiveLimits(sketch.cell),
    empty: kind.empty,
    formula: source && attempt(sketch.node, () => typed(sketch, compileFormula(source, scope))),
    defaultFormula: sketch.default && defaults.get(sketch.node),
  };
};

const sketchesOf = (workshop: Workshop, table: string | undefined): FieldSketch[] =>
  [...workshop.sketches.values()].filter((sketch) => sketch.table === table);

const tablePlan = (
  table: Table,
  checks: readonly CheckPlan[],
  alone: boolean,
  workshop: Workshop,
): TablePlan => {
  const own = sketchesOf(workshop, table.code);
  const ordered = workshop.order.flatMap((node) => own.filter((sketch) => sketch.node === node));
  const selfContained =
    alone &&
    own.every(({ formula }) =>
      references(formula ?? { node: 'boolean', value: true }).every(({ node }) => node === 'row'),
    );
  return {
    table,
    columns: own.map((sketch) => fieldPlan(sketch, workshop)),
    rowOrder: ordered.map(({ index }) => index),
    selfContained,
    checks,
  };
};

const stepsOf = (workshop: Workshop, tables: readonly TablePlan[]): Step[] =>
  workshop.order.flatMap((node): Step[] => {
    const sketch = workshop.sketches.get(node);
    if (sketch?.formula === undefined) return [];
    if (sketch.table === undefined) return [{ step: 'cell', index: sketch.index }];
    const table = workshop.tables.indexOf(sketch.table);
    return tables[table]?.selfContained === false ? [{ step: 'column', table, index: sketch.index }] : [];
  });

const rankOf = (definition: FormDefinition): FormPlan['rank'] => {
  const ranks = { cell: [] as number[], table: [] as number[] };
  let next = 0;
  for (const item of definition.sections.flatMap((section) => section.items)) {
    if (item.item === 'table') ranks.table.push((next += 1));
    else if (item.item === 'line') ranks.cell.push((next += 1), (next += 1), (next += 1));
    else if (item.item !== 'heading') ranks.cell.push((next += 1));
  }
  return ranks;
};

const planOf = (workshop: Workshop): FormPlan => {
  const { definition, attempt, sketches, tables, defaults } = workshop;
  const checks = compileChecks({ definition, attempt, sketches, tables, defaults });
  const tablePlans = tables.flatMap((code) => {
    const table = definition.tables.find((candidate) => candidate.code === code);
    const found = checks.byTable.get(code) ?? { plans: [], alone: true };
    return table === undefined ? [] : [tablePlan(table, found.plans, found.alone, workshop)];
  });
  return {
    cells: sketchesOf(workshop, undefined).map((sketch) => fieldPlan(sketch, workshop)),
    tables: tablePlans,
    steps: stepsOf(workshop, tablePlans),
    checks: checks.ofCells,
    rank: rankOf(definition),
  };
};

/**
 * Checks and compiles a definition; throws FormDefinitionError with every problem found: codes repeated or misplaced,
 * formulas that cannot be read, unknown references, wrong types, cycles.
 */
export const compileForm = (definition: FormDefinition): CompiledForm => {
  const problems = layoutProblems(definition);
  const failIfAny = (): void => {
    if (problems.length > 0) throw new FormDefinitionError(definition.meta.id, problems);
  };
  failIfAny();
  const attempt = attemptInto(problems);
  const sketches = sketchFields(definition, (where, source) =>
    source === undefined ? undefined : attempt(where, () => parseFormula(source)),
  );
  const sorted = dependencyOrder(dependencies(sketches));
  if (!sorted.ok) problems.push(`cycle: ${sorted.cycle.join(' <- ')}`);
  const order = sorted.ok ? sorted.order : [];
  const tables = readingOrder(definition).tables;
  const plan = planOf({
    definition,
    sketches,
    defaults: compileDefaults(sketches, attempt),
    tables,
    order,
    attempt,
  });
  failIfAny();
  return {
    definition,
    cells: new Map(definition.cells.map((cell) => [cell.code, cell])),
    tables: new Map(definition.tables.map((table) => [table.code, table])),
    plan,
  };
};
