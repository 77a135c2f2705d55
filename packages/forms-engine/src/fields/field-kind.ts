import type { Decimal } from '@sochi/kernel';
import type { FieldKindName, FieldLimits } from '../definition.ts';
import type { Fault } from '../fault.ts';

export type FieldValue = Decimal | string;

/** How one kind of field is read and written; the table of all kinds is `field-kinds.ts`. */
export interface FieldKind {
  readonly kind: FieldKindName;
  readonly valueType: 'number' | 'text';
  /** The value of an empty cell without a default. */
  readonly empty: FieldValue;
  /** Limits where the cell sets none; `effectiveLimits` joins the two. */
  readonly ordinary: FieldLimits;
  /** Reads a typed, non-empty text; `today` (ISO date) bounds dates inside identifiers. */
  readonly read: (raw: string, limits: FieldLimits, today: string) => FieldValue | Fault;
  /** Canonical text of a value. */
  readonly write: (value: FieldValue) => string;
}

/** Writes the values of kinds that are texts anyway. */
export const writeText = (value: FieldValue): string => {
  if (typeof value !== 'string') throw new TypeError('a text field holds a number');
  return value;
};
