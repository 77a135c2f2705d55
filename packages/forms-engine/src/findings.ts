import type { FieldError, Finding, FindingPlace } from './calculation.ts';
import { formatDecimal } from '@sochi/kernel';
import type { Fault } from './fault.ts';
import type { Scene, Slot } from './formula/compiled.ts';
import { isNumber } from './formula/compiled.ts';
import type { CheckPlan, FieldPlan } from './plan.ts';

/** A finding without its place. */
export type Failure = Omit<Finding, 'at'> & { readonly column: number };

/** A finding with what it is sorted by. */
export interface RankedFinding {
  readonly rank: number;
  readonly row: number;
  readonly column: number;
  readonly finding: Finding;
}

const SHOWN_LENGTH = 60;
const SEVERITY_ORDER = { E: 0, W: 1, I: 2 } as const;

/** The limit a typed text broke, for the message. */
const brokenLimit = (error: FieldError, { limits }: FieldPlan): string | undefined => {
  switch (error) {
    case 'too_many_decimals':
      return limits.decimals?.toString();
    case 'too_large':
      return limits.max;
    case 'too_long':
      return (limits.digits ?? limits.maxLength)?.toString();
    case 'not_allowed':
      return limits.allowed?.join('; ');
    default:
      return undefined;
  }
};

/** The failure of a typed text that could not be read; none for computed cells, whose sources have their own. */
export const fieldFailure = (field: FieldPlan, fault: Fault, raw: string): Failure | undefined => {
  const error = fault.error;
  if (error === 'depends') return undefined;
  if (error === 'division_by_zero') return { rule: 'field', severity: 'E', code: error, column: field.index };
  const limit = brokenLimit(error, field);
  const data = { typed: raw.slice(0, SHOWN_LENGTH), ...(limit === undefined ? {} : { limit }) };
  return { rule: 'field', severity: 'E', code: error, column: field.index, data };
};

const shown = (slot: Slot): string => {
  if (isNumber(slot)) return formatDecimal(slot);
  return typeof slot === 'object' ? '' : String(slot);
};

/** Runs a check; a check that looks at a wrong cell is silent, the cell has its own finding. */
export const checkFailure = ({ check, must, data, index }: CheckPlan, scene: Scene): Failure | undefined => {
  if (must.run(scene) !== false) return undefined;
  const failure = { rule: check.id, severity: check.severity, code: `check.${check.id}`, column: index };
  if (data.length === 0) return failure;
  return {
    ...failure,
    data: Object.fromEntries(data.map(([name, formula]) => [name, shown(formula.run(scene))])),
  };
};

/** The failure at its place. */
export const findingAt = (at: FindingPlace, { rule, severity, code, data }: Failure): Finding =>
  data === undefined ? { rule, severity, at, code } : { rule, severity, at, code, data };

const isField = ({ finding }: RankedFinding): number => (finding.rule === 'field' ? 0 : 1);

/** Reading order; at one place unreadable texts first, then by severity, then by name. */
export const sortFindings = (found: readonly RankedFinding[]): Finding[] =>
  found
    .toSorted(
      (a, b) =>
        a.rank - b.rank ||
        a.row - b.row ||
        a.column - b.column ||
        isField(a) - isField(b) ||
        SEVERITY_ORDER[a.finding.severity] - SEVERITY_ORDER[b.finding.severity] ||
        (a.finding.rule < b.finding.rule ? -1 : 1),
    )
    .map(({ finding }) => finding);
