import { describe, expect, it } from 'vitest';
import type { FieldKindName, FieldLimits } from '../definition.ts';
import { Fault } from '../fault.ts';
import { effectiveLimits, FIELD_KIND_TABLE } from './field-kinds.ts';

const read = (kind: FieldKindName, raw: string, limits: FieldLimits = {}): string => {
  const field = FIELD_KIND_TABLE[kind];
  const value = field.read(raw, effectiveLimits({ kind, limits }), '2026-04-10');
  return value instanceof Fault ? `!${value.error}` : field.write(value);
};

describe.each<[FieldKindName, [string, string, FieldLimits?][]]>([
  [
    'money',
    [
      ['1000', '1000'],
      ['1000,5', '1000.50'],
      ['1000.50', '1000.50'],
      ['1000,500', '1000.50'],
      ['0.001', '!too_many_decimals'],
      ['-1', '!negative'],
      ['-1', '-1', { signed: true }],
      ['-0,00', '0'],
      ['999999999999999,99', '999999999999999.99'],
      ['1000000000000000', '!too_large'],
      ['-1000000000000000', '!too_large', { signed: true }],
      ['101', '!too_large', { max: '100' }],
      ['5.5', '!too_many_decimals', { decimals: 0 }],
      ['сто', '!not_a_number'],
    ],
  ],
  [
    'rate',
    [
      ['0,25', '0.25'],
      ['0.1234', '0.1234'],
      ['0.12345', '!too_many_decimals'],
      ['100', '100'],
      ['100.01', '!too_large'],
      ['4.0', '4', { allowed: ['0', '4'] }],
      ['5', '!not_allowed', { allowed: ['0', '4'] }],
    ],
  ],
  [
    'text',
    [
      ['  Ош  ', 'Ош'],
      ['a\tb', '!bad_character'],
      ['a\u0000', '!bad_character'],
      ['\ud83d', '!bad_character'],
      ['😀', '😀'],
      ['x'.repeat(300), 'x'.repeat(300)],
      ['x'.repeat(301), '!too_long'],
      ['xxx', '!too_long', { maxLength: 2 }],
    ],
  ],
  [
    'inn',
    [
      ['01201201210012', '01201201210012'],
      ['012 0120 1210 012', '01201201210012'],
      ['0120120121001', '!inn_length'],
      ['0120120121001x', '!inn_digits'],
      ['91201201210012', '!inn_first_digit'],
      ['03102201210012', '!inn_date'],
      ['01201202710012', '!inn_year'],
    ],
  ],
  [
    'code',
    [
      ['4', '004', { digits: 3 }],
      [' 032 ', '032', { digits: 3 }],
      ['0032', '!too_long', { digits: 3 }],
      ['03a', '!bad_format'],
      ['005', '!not_allowed', { digits: 3, allowed: ['004'] }],
      ['720000', '720000'],
    ],
  ],
  [
    'phone',
    [
      ['+996 (555) 12-34-56', '+996555123456'],
      ['0555123456', '+996555123456'],
      ['996312620000', '+996312620000'],
      ['555123456', '!bad_format'],
      ['+7 701 1234567', '!bad_format'],
    ],
  ],
  [
    'date',
    [
      ['31.03.2026', '2026-03-31'],
      ['1.3.2026', '2026-03-01'],
      ['2026-03-31', '2026-03-31'],
      ['31.02.2026', '!bad_format'],
      ['03/31/2026', '!bad_format'],
    ],
  ],
  [
    'kind',
    [
      ['corrected', 'corrected'],
      ['1', '!not_allowed'],
    ],
  ],
])('%s', (kind, rows) => {
  it.each(rows)('%j is %s', (raw, result, limits) => {
    expect(read(kind, raw, limits)).toBe(result);
  });
});
