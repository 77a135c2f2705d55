import { Fault } from '../fault.ts';
import { writeText } from './field-kind.ts';
import type { FieldKind } from './field-kind.ts';

/** A Kyrgyz phone number, kept as `+996` and nine digits however it was typed (`0555 12-34-56`, `996555123456`). */
export const phoneField: FieldKind = {
  kind: 'phone',
  valueType: 'text',
  empty: '',
  ordinary: {},
  read: (raw) => {
    const [, national] = /^(?:\+?996|0)(\d{9})$/.exec(raw.replace(/[\s\u00a0()-]/g, '')) ?? [];
    return national === undefined ? Fault.of('bad_format') : `+996${national}`;
  },
  write: writeText,
};
