import type { Answers } from './answers.ts';
import type { CalculationContext } from './calculation.ts';
import type { Cell } from './definition.ts';
import { Fault } from './fault.ts';
import type { FieldValue } from './fields/field-kind.ts';
import type { FieldPlan } from './plan.ts';

/** Whether the company types into this cell or column (others are computed, known or the agency's). */
export const isTyped = (cell: Pick<Cell, 'formula' | 'source'>): boolean => {
  if (cell.formula !== undefined) return false;
  return cell.source === undefined || (cell.source.from === 'profile' && cell.source.editable === true);
};

/** The text a cell is read from: typed, or known from the profile and the filing. */
export const rawCellText = (cell: Cell, answers: Answers, context: CalculationContext): string => {
  const typed = isTyped(cell) ? (answers.cells[cell.code] ?? '') : '';
  const source = cell.source;
  switch (source?.from) {
    case 'profile':
      return typed.trim() === '' ? (context.profile[source.field] ?? '') : typed;
    case 'kind':
      return context.kind;
    case 'periodFrom':
      return context.period.from;
    case 'periodTo':
      return context.period.to;
    default:
      return typed;
  }
};

/** The value of a text; an empty one gives the default, or `required`. */
export const readField = (
  field: FieldPlan,
  raw: string,
  given: { readonly empty: FieldValue; readonly today: string },
): FieldValue | Fault => {
  if (raw === '' || raw.trim() === '')
    return field.cell.required === true ? Fault.of('required') : given.empty;
  return field.kind.read(raw, field.limits, given.today);
};
