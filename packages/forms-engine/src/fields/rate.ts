import { formatDecimal, ZERO } from '@sochi/kernel';
import type { FieldKind } from './field-kind.ts';
import { readNumber } from './number.ts';

/** Per cent: `0.25` is a quarter of one per cent. */
export const rateField: FieldKind = {
  kind: 'rate',
  valueType: 'number',
  empty: ZERO,
  ordinary: { decimals: 4, max: '100' },
  read: (raw, limits) => readNumber(raw, limits),
  write: (value) => {
    if (typeof value === 'string') throw new TypeError('a rate field holds a text');
    return formatDecimal(value);
  },
};
