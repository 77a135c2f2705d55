import { isIsoDate } from '@sochi/kernel';
import { Fault } from '../fault.ts';
import { writeText } from './field-kind.ts';
import type { FieldKind } from './field-kind.ts';

/** A calendar day, typed `31.03.2026` or `2026-03-31`, kept as an ISO date. */
export const dateField: FieldKind = {
  kind: 'date',
  valueType: 'text',
  empty: '',
  ordinary: {},
  read: (raw) => {
    const text = raw.trim();
    const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text) ?? [];
    const iso = year === undefined ? text : `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
    return isIsoDate(iso) ? iso : Fault.of('bad_format');
  },
  write: writeText,
};
