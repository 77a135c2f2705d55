import { formatDecimal, formatDecimalFixed, ZERO } from '@sochi/kernel';
import type { FieldKind } from './field-kind.ts';
import { readNumber } from './number.ts';

/** Som, with tyiyn after the point when there are any: `1000` or `1000.50`. */
export const moneyField: FieldKind = {
  kind: 'money',
  valueType: 'number',
  empty: ZERO,
  ordinary: { decimals: 2, max: '999999999999999.99' },
  read: (raw, limits) => readNumber(raw, limits),
  write: (value) => {
    if (typeof value === 'string') throw new TypeError('a money field holds a text');
    const plain = formatDecimal(value);
    return plain.at(-2) === '.' ? formatDecimalFixed(value, 2) : plain;
  },
};
