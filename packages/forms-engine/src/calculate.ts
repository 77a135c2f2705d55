/**
 * A calculation is a pure function of the compiled form, the answers and the context. Order inside:
 * typed cells are read, rows are read (self-contained tables are computed here), then the formulas in dependency order,
 * then the checks. Rows already seen by an open calculation are not computed again, so typing stays fast in long tables.
 */
import type { Answers } from './answers.ts';
import { cellValue, computeRow, lateFailures, rowOutput } from './calculate-rows.ts';
import type { MutableScene, RowState } from './calculate-rows.ts';
import type { Calculation, CalculationContext, CellValue, Finding } from './calculation.ts';
import type { CompiledForm } from './compile-form.ts';
import { Fault } from './fault.ts';
import type { FieldValue } from './fields/field-kind.ts';
import { checkFailure, fieldFailure, findingAt, sortFindings } from './findings.ts';
import type { Failure, RankedFinding } from './findings.ts';
import type { Slot } from './formula/compiled.ts';
import type { FieldPlan, FormPlan, TablePlan } from './plan.ts';
import { rawCellText, readField } from './read-field.ts';

/** Calculates answers again and again in one context; a row object must not be changed in place, replace it. */
export type OpenCalculation = (answers: Answers) => Calculation;

interface Desk {
  readonly plan: FormPlan;
  readonly context: CalculationContext;
  readonly facts: MutableScene['context'];
  readonly cellDefaults: readonly FieldValue[];
  readonly columnDefaults: readonly (readonly FieldValue[])[];
  readonly seenRows: readonly WeakMap<object, RowState>[];
}

interface Sheet {
  readonly scene: MutableScene;
  readonly cells: (Slot | undefined)[];
  readonly rows: readonly (readonly RowState[])[];
  readonly raw: readonly string[];
}

const factsOf = ({ profile, period, kind, today }: CalculationContext): MutableScene['context'] => ({
  kind,
  inn: profile.inn,
  officeCode: profile.officeCode.padStart(3, '0'),
  periodFrom: period.from,
  periodTo: period.to,
  today,
});

const emptyScene = (facts: MutableScene['context']): MutableScene => ({
  cells: [],
  tables: [],
  context: facts,
  row: [],
});

const defaultOf = (field: FieldPlan, facts: MutableScene['context']): FieldValue => {
  const value = field.defaultFormula?.run(emptyScene(facts));
  return value === undefined || value instanceof Fault || typeof value === 'boolean' ? field.empty : value;
};

const openDesk = ({ plan }: CompiledForm, context: CalculationContext): Desk => {
  const facts = factsOf(context);
  return {
    plan,
    context,
    facts,
    cellDefaults: plan.cells.map((field) => defaultOf(field, facts)),
    columnDefaults: plan.tables.map((table) => table.columns.map((field) => defaultOf(field, facts))),
    seenRows: plan.tables.map(() => new WeakMap()),
  };
};

const rowStates = (
  desk: Desk,
  index: number,
  sheet: { answers: Answers; scene: MutableScene },
): RowState[] => {
  const plan = desk.plan.tables[index];
  if (plan === undefined) return [];
  const work = {
    plan,
    defaults: desk.columnDefaults[index] ?? [],
    today: desk.context.today,
    scene: sheet.scene,
  };
  const seen = plan.selfContained ? desk.seenRows[index] : undefined;
  return (sheet.answers.tables[plan.table.code] ?? []).map((typed) => {
    const known = seen?.get(typed);
    if (known !== undefined) return known;
    const fresh = computeRow(typed, work);
    seen?.set(typed, fresh);
    return fresh;
  });
};

const layOut = (desk: Desk, answers: Answers): Sheet => {
  const { plan, context } = desk;
  const scene = emptyScene(desk.facts);
  const raw = plan.cells.map(({ cell }) => rawCellText(cell, answers, context));
  const cells = plan.cells.map((field, index): Slot | undefined =>
    field.formula === undefined
      ? readField(field, raw[index] ?? '', {
          empty: desk.cellDefaults[index] ?? field.empty,
          today: context.today,
        })
      : undefined,
  );
  const rows = plan.tables.map((_, index) => rowStates(desk, index, { answers, scene }));
  scene.cells = cells;
  scene.tables = rows.map((states) => states.map(({ slots }) => slots));
  return { scene, cells, rows, raw };
};

const runSteps = ({ steps, cells, tables }: FormPlan, sheet: Sheet): void => {
  for (const step of steps) {
    if (step.step === 'cell') {
      sheet.cells[step.index] = cells[step.index]?.formula?.run(sheet.scene);
      continue;
    }
    const formula = tables[step.table]?.columns[step.index]?.formula;
    for (const state of sheet.rows[step.table] ?? []) {
      sheet.scene.row = state.slots;
      state.slots[step.index] = formula?.run(sheet.scene);
    }
  }
};

const cellFindings = ({ cells, checks, rank }: FormPlan, sheet: Sheet): RankedFinding[] => {
  const found: Failure[] = [];
  for (const field of cells) {
    const slot = sheet.cells[field.index];
    const failure =
      slot instanceof Fault ? fieldFailure(field, slot, sheet.raw[field.index] ?? '') : undefined;
    if (failure !== undefined) found.push(failure);
  }
  found.push(...checks.flatMap((check) => checkFailure(check, sheet.scene) ?? []));
  return found.map((failure) => ({
    rank: rank.cell[failure.column] ?? 0,
    row: 0,
    column: 0,
    finding: findingAt({ cell: cells[failure.column]?.cell.code ?? '' }, failure),
  }));
};

const rowCountFailure = ({ table }: TablePlan, count: number): Failure | undefined => {
  const code = count < table.minRows ? 'too_few_rows' : count > table.maxRows ? 'too_many_rows' : undefined;
  if (code === undefined) return undefined;
  const limit = String(code === 'too_few_rows' ? table.minRows : table.maxRows);
  return { rule: 'rows', severity: 'E', code, column: 0, data: { limit } };
};

const tableFindings = (plan: FormPlan, index: number, sheet: Sheet): RankedFinding[] => {
  const table = plan.tables[index];
  if (table === undefined) return [];
  const states = sheet.rows[index] ?? [];
  const ranked = (failure: Failure, row: number): RankedFinding => {
    const at = { table: table.table.code, row, column: table.columns[failure.column]?.cell.code ?? '' };
    return {
      rank: plan.rank.table[index] ?? 0,
      row,
      column: failure.column,
      finding: findingAt(at, failure),
    };
  };
  const found: RankedFinding[] = [];
  for (const [row, state] of states.entries()) {
    for (const failure of lateFailures(table, state, sheet.scene)) found.push(ranked(failure, row));
  }
  const miscounted = rowCountFailure(table, states.length);
  return miscounted === undefined
    ? found
    : [...found, ranked(miscounted, Math.min(states.length, table.table.maxRows))];
};

const findingsOf = (plan: FormPlan, sheet: Sheet): Finding[] =>
  sortFindings([
    ...cellFindings(plan, sheet),
    ...plan.tables.flatMap((_, index) => tableFindings(plan, index, sheet)),
  ]);

const show = (plan: FormPlan, sheet: Sheet): Calculation => {
  const cells: Record<string, CellValue> = {};
  for (const field of plan.cells) cells[field.cell.code] = cellValue(field, sheet.cells[field.index]);
  const tables: Record<string, Readonly<Record<string, CellValue>>[]> = {};
  for (const [index, table] of plan.tables.entries()) {
    tables[table.table.code] = (sheet.rows[index] ?? []).map((state) => rowOutput(table, state));
  }
  return { cells, tables, findings: findingsOf(plan, sheet) };
};

/**
 * Opens a calculation for typing: rows that are the same objects as before are not computed again and come out as the same
 * objects. Open a new one when the context changes.
 */
export const openCalculation = (compiled: CompiledForm, context: CalculationContext): OpenCalculation => {
  const desk = openDesk(compiled, context);
  return (answers) => {
    const sheet = layOut(desk, answers);
    runSteps(desk.plan, sheet);
    return show(desk.plan, sheet);
  };
};

/** Calculates once: every cell, every row, every finding. Never throws for what was typed. */
export const calculate = (
  compiled: CompiledForm,
  answers: Answers,
  context: CalculationContext,
): Calculation => openCalculation(compiled, context)(answers);
