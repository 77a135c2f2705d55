import { Fault } from '../fault.ts';
import { writeText } from './field-kind.ts';
import type { FieldKind } from './field-kind.ts';

/** A code of digits; with `limits.digits` shorter ones get leading zeros: office `4` is `004`. */
export const codeField: FieldKind = {
  kind: 'code',
  valueType: 'text',
  empty: '',
  ordinary: { maxLength: 30 },
  read: (raw, { digits, maxLength, allowed }) => {
    const text = raw.trim();
    if (!/^\d+$/.test(text)) return Fault.of('bad_format');
    if (text.length > (digits ?? maxLength ?? 0)) return Fault.of('too_long');
    const code = digits === undefined ? text : text.padStart(digits, '0');
    return allowed === undefined || allowed.includes(code) ? code : Fault.of('not_allowed');
  },
  write: writeText,
};
