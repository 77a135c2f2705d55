import { checkInn } from '@sochi/kernel';
import { Fault } from '../fault.ts';
import { writeText } from './field-kind.ts';
import type { FieldKind } from './field-kind.ts';

/** ИНН of 14 digits (see `checkInn`); spaces are dropped. */
export const innField: FieldKind = {
  kind: 'inn',
  valueType: 'text',
  empty: '',
  ordinary: {},
  read: (raw, _limits, today) => {
    const check = checkInn(raw.replace(/\s/g, ''), today);
    return check.ok ? check.inn : Fault.of(`inn_${check.reason}`);
  },
  write: writeText,
};
