import type { Cell, FieldKindName, FieldLimits } from '../definition.ts';
import { codeField } from './code.ts';
import { dateField } from './date.ts';
import type { FieldKind } from './field-kind.ts';
import { innField } from './inn.ts';
import { filingKindField } from './kind.ts';
import { moneyField } from './money.ts';
import { phoneField } from './phone.ts';
import { rateField } from './rate.ts';
import { textField } from './text.ts';

/** Every kind of field by its name. */
export const FIELD_KIND_TABLE = {
  money: moneyField,
  rate: rateField,
  text: textField,
  inn: innField,
  code: codeField,
  phone: phoneField,
  date: dateField,
  kind: filingKindField,
} as const satisfies Record<FieldKindName, FieldKind>;

/** The limits a cell is read with: its own over those of its kind. */
export const effectiveLimits = (cell: Pick<Cell, 'kind' | 'limits'>): FieldLimits => ({
  ...FIELD_KIND_TABLE[cell.kind].ordinary,
  ...cell.limits,
});
