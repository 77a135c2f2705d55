import { describe, expect, it } from 'vitest';
import {
  addDecimals,
  compareDecimals,
  decimal,
  divideDecimals,
  formatDecimal,
  formatDecimalFixed,
  multiplyDecimals,
  parseDecimal,
  roundDecimal,
  subtractDecimals,
} from './decimal.ts';

const read = (text: string): string => {
  const parsed = parseDecimal(text);
  return parsed.ok ? formatDecimal(parsed.value) : parsed.reason;
};

describe('reading what people type', () => {
  it.each([
    ['1000', '1000'],
    [' 1000 ', '1000'],
    ['1000,50', '1000.5'],
    ['1000.50', '1000.5'],
    ['1 000 000', '1000000'],
    ['1\u00a0000,5', '1000.5'],
    ['1\u202f000', '1000'],
    ['-5', '-5'],
    ['\u22125,1', '-5.1'],
    ['-0', '0'],
    [',5', '0.5'],
    ['5.', '5'],
    ['007', '7'],
    ['0.1', '0.1'],
    ['1234567890123456789012345678901234567890', '1234567890123456789012345678901234567890'],
  ])('%j is %s', (text, canonical) => {
    expect(read(text)).toBe(canonical);
  });

  it.each([
    '',
    ' ',
    '12a',
    '1,000.5',
    '1.000.000',
    '1 00',
    '10 00',
    '1  000',
    '--1',
    '+1',
    '1e5',
    '0x1f',
    'NaN',
    '.',
    '-',
    '١٢',
    '1 000 '.repeat(2),
  ])('%j is not a number', (text) => {
    expect(read(text)).toBe('not_a_number');
  });

  it('does not look at texts over 60 characters', () => {
    expect(read('1'.repeat(60))).toBe('1'.repeat(60));
    expect(read('1'.repeat(61))).toBe('too_long');
    expect(read(`${' '.repeat(1000)}5`)).toBe('5');
  });
});

describe('exact arithmetic', () => {
  it('adds tenths as people do', () => {
    expect(formatDecimal(addDecimals(decimal('0.1'), decimal('0.2')))).toBe('0.3');
    expect(formatDecimal(subtractDecimals(decimal('1'), decimal('0.99')))).toBe('0.01');
    expect(formatDecimal(multiplyDecimals(decimal('999999999999999.99'), decimal('8')))).toBe(
      '7999999999999999.92',
    );
  });

  it.each([
    ['0.005', 2, '0.01'],
    ['0.0049999', 2, '0'],
    ['-0.005', 2, '-0.01'],
    ['2.5', 0, '3'],
    ['-2.5', 0, '-3'],
    ['1.005', 2, '1.01'],
    ['1.5', 4, '1.5'],
  ])('rounds %s to %i digits: %s', (text, scale, rounded) => {
    expect(formatDecimal(roundDecimal(decimal(text), scale))).toBe(rounded);
  });

  it.each([
    ['1', '3', 4, '0.3333'],
    ['2', '3', 2, '0.67'],
    ['-1', '8', 2, '-0.13'],
    ['1', '-8', 2, '-0.13'],
    ['-1', '-8', 2, '0.13'],
    ['1', '0.001', 0, '1000'],
    ['0.0001', '10', 2, '0'],
    ['7', '2', 0, '4'],
  ])('divides %s by %s to %i digits: %s', (a, b, scale, quotient) => {
    expect(formatDecimal(divideDecimals(decimal(a), decimal(b), scale))).toBe(quotient);
  });

  it('refuses to divide by zero and to make numbers of words', () => {
    expect(() => divideDecimals(decimal('1'), decimal('0.00'), 2)).toThrow(RangeError);
    expect(() => decimal('one')).toThrow(RangeError);
  });
});

it('compares by size, not by digits', () => {
  expect(compareDecimals(decimal('1.50'), decimal('1.5'))).toBe(0);
  expect(compareDecimals(decimal('-2'), decimal('-1.999'))).toBe(-1);
  expect(compareDecimals(decimal('10'), decimal('9.99'))).toBe(1);
});

it('writes as many digits after the point as asked', () => {
  expect(formatDecimalFixed(decimal('1000.5'), 2)).toBe('1000.50');
  expect(formatDecimalFixed(decimal('-0.005'), 2)).toBe('-0.01');
  expect(formatDecimalFixed(decimal('-0.004'), 2)).toBe('0.00');
  expect(formatDecimalFixed(decimal('3'), 0)).toBe('3');
});
