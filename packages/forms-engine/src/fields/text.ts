import { Fault } from '../fault.ts';
import { isPlainText } from '../plain-text.ts';
import { writeText } from './field-kind.ts';
import type { FieldKind } from './field-kind.ts';

/** One line of words; spaces at its ends are dropped, characters that XML cannot carry are refused. */
export const textField: FieldKind = {
  kind: 'text',
  valueType: 'text',
  empty: '',
  ordinary: { maxLength: 300 },
  read: (raw, limits) => {
    const text = raw.trim();
    if (!isPlainText(text)) return Fault.of('bad_character');
    if (text.length > (limits.maxLength ?? 0)) return Fault.of('too_long');
    return text;
  },
  write: writeText,
};
