import { FILING_KINDS } from '../definition.ts';
import { Fault } from '../fault.ts';
import { writeText } from './field-kind.ts';
import type { FieldKind } from './field-kind.ts';

/** Kind of filing: initial, corrected or liquidation. */
export const filingKindField: FieldKind = {
  kind: 'kind',
  valueType: 'text',
  empty: 'initial',
  ordinary: {},
  read: (raw) => FILING_KINDS.find((kind) => kind === raw.trim()) ?? Fault.of('not_allowed'),
  write: writeText,
};
