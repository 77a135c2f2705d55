import type { CellValue } from './calculation.ts';
import { DEPENDS, Fault } from './fault.ts';
import type { FieldValue } from './fields/field-kind.ts';
import { checkFailure, fieldFailure } from './findings.ts';
import type { Failure } from './findings.ts';
import type { Scene, Slot } from './formula/compiled.ts';
import type { FieldPlan, TablePlan } from './plan.ts';
import { readField } from './read-field.ts';

export type TypedRow = Readonly<Record<string, string>>;

/** One computed row. */
export interface RowState {
  readonly slots: (Slot | undefined)[];
  /** Typed texts that could not be read, and failed checks when the table is self-contained. */
  readonly failures: readonly Failure[];
  /** Filled when the row is first shown. */
  output: Readonly<Record<string, CellValue>> | undefined;
}

export type MutableScene = { -readonly [Key in keyof Scene]: Scene[Key] };

export interface RowWork {
  readonly plan: TablePlan;
  readonly defaults: readonly FieldValue[];
  readonly today: string;
  readonly scene: MutableScene;
}

const errorValues = new Map<Fault, CellValue>();

/** The public form of a slot. */
export const cellValue = (field: FieldPlan, slot: Slot | undefined): CellValue => {
  const value = slot === undefined || typeof slot === 'boolean' ? DEPENDS : slot;
  if (!(value instanceof Fault)) return { ok: true, text: field.kind.write(value) };
  const known = errorValues.get(value) ?? { ok: false, error: value.error };
  errorValues.set(value, known);
  return known;
};

/** Reads what was typed in a row; computes it too when nothing outside the row matters. */
export const computeRow = (typed: TypedRow, { plan, defaults, today, scene }: RowWork): RowState => {
  const slots: (Slot | undefined)[] = Array.from({ length: plan.columns.length });
  const failures: Failure[] = [];
  scene.row = slots;
  for (const index of plan.rowOrder) {
    const field = plan.columns[index];
    if (field === undefined || (field.formula !== undefined && !plan.selfContained)) continue;
    const raw = typed[field.cell.code] ?? '';
    const slot =
      field.formula?.run(scene) ?? readField(field, raw, { empty: defaults[index] ?? field.empty, today });
    slots[index] = slot;
    const failure = slot instanceof Fault ? fieldFailure(field, slot, raw) : undefined;
    if (failure !== undefined) failures.push(failure);
  }
  if (plan.selfContained) failures.push(...plan.checks.flatMap((check) => checkFailure(check, scene) ?? []));
  return { slots, failures, output: undefined };
};

/** The row as others see it; made once. */
export const rowOutput = (plan: TablePlan, state: RowState): Readonly<Record<string, CellValue>> => {
  state.output ??= Object.fromEntries(
    plan.columns.map((field) => [field.cell.code, cellValue(field, state.slots[field.index])]),
  );
  return state.output;
};

/** Failures of a row whose table looks outside the row, found once everything is computed. */
export const lateFailures = (plan: TablePlan, state: RowState, scene: MutableScene): readonly Failure[] => {
  if (plan.selfContained) return state.failures;
  scene.row = state.slots;
  const computed = plan.columns.flatMap((field) => {
    const slot = field.formula === undefined ? undefined : state.slots[field.index];
    return slot instanceof Fault ? (fieldFailure(field, slot, '') ?? []) : [];
  });
  return [
    ...state.failures,
    ...computed,
    ...plan.checks.flatMap((check) => checkFailure(check, scene) ?? []),
  ];
};
