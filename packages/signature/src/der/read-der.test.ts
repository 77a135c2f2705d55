import { describe, expect, it } from 'vitest';
import { MalformedError } from '../malformed-error.ts';
import { childrenOf, rawOf, readDer } from './read-der.ts';
import { booleanOf, integerBytesOf, oidOf, smallIntegerOf, textOf, wholeBitStringOf } from './read-values.ts';
import { instantOf } from './time.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof MalformedError) return error.code;
    throw error;
  }
  return 'none';
};

describe('readDer', () => {
  it('reads nested values as windows on the same bytes', () => {
    const bytes = hex('30 06 02 01 05 02 01 7f');
    const children = childrenOf(readDer(bytes));
    expect(children.map(smallIntegerOf)).toEqual([5, 127]);
    expect(children.map((child) => rawOf(child).buffer)).toEqual([bytes.buffer, bytes.buffer]);
  });

  it.each([
    ['30 80 02 01 05 00 00', 'der_indefinite_length'],
    ['30 81 03 02 01 05', 'der_length_not_minimal'],
    ['30 82 00 03 02 01 05', 'der_length_not_minimal'],
    ['30 85 01 00 00 00 00', 'der_too_long'],
    ['30 03 02 01 05 00', 'der_trailing_bytes'],
    ['30 04 02 01 05', 'der_truncated'],
    ['30 03 02 02 05', 'der_truncated'],
    ['30', 'der_truncated'],
    ['', 'der_truncated'],
    ['1f 81 01 00', 'der_high_tag'],
    ['24 03 04 01 00', 'der_wrong_form'],
    ['10 00', 'der_wrong_form'],
  ])('refuses %s as %s', (bytes, expected) => {
    expect(code(() => readDer(hex(bytes)))).toBe(expected);
  });

  it('stops at its limits', () => {
    const nested = hex('30 06 30 04 30 02 30 00');
    expect(code(() => readDer(nested, { maxBytes: 100, maxDepth: 4 }))).toBe('none');
    expect(code(() => readDer(nested, { maxBytes: 100, maxDepth: 3 }))).toBe('der_too_deep');
    expect(code(() => readDer(nested, { maxBytes: 7, maxDepth: 9 }))).toBe('der_too_long');
  });
});

describe('values', () => {
  it('reads what DER allows', () => {
    expect(oidOf(readDer(hex('06 09 2a 86 48 86 f7 0d 01 07 02')))).toBe('1.2.840.113549.1.7.2');
    expect(oidOf(readDer(hex('06 03 55 04 61')))).toBe('2.5.4.97');
    expect(booleanOf(readDer(hex('01 01 ff')))).toBe(true);
    expect(wholeBitStringOf(readDer(hex('03 02 00 aa')))).toEqual(hex('aa'));
    expect(textOf(readDer(hex('0c 04 d0 a1 d0 9e')))).toBe('СО');
    expect(textOf(readDer(hex('1e 02 00 41')))).toBeUndefined();
    expect(instantOf(readDer(Buffer.from('\x17\x0d261123093000Z', 'latin1'))).toString()).toBe(
      '2026-11-23T09:30:00Z',
    );
    expect(instantOf(readDer(Buffer.from('\x18\x0f20510101000000Z', 'latin1'))).toString()).toBe(
      '2051-01-01T00:00:00Z',
    );
  });

  it.each([
    [() => booleanOf(readDer(hex('01 01 01'))), 'boolean_not_der'],
    [() => integerBytesOf(readDer(hex('02 02 00 05'))), 'integer_not_minimal'],
    [() => integerBytesOf(readDer(hex('02 02 ff 85'))), 'integer_not_minimal'],
    [() => integerBytesOf(readDer(hex('02 00'))), 'integer_empty'],
    [() => smallIntegerOf(readDer(hex('02 01 85'))), 'integer_out_of_range'],
    [() => oidOf(readDer(hex('06 03 2a 80 01'))), 'oid_not_minimal'],
    [() => oidOf(readDer(hex('06 02 2a 86'))), 'oid_malformed'],
    [() => wholeBitStringOf(readDer(hex('03 02 01 aa'))), 'bit_string_malformed'],
    [() => textOf(readDer(hex('0c 01 d0'))), 'text_not_utf8'],
    [() => instantOf(readDer(Buffer.from('\x17\x0d260230093000Z', 'latin1'))), 'time_does_not_exist'],
    [() => instantOf(readDer(Buffer.from('\x17\x0d261123093060Z', 'latin1'))), 'time_malformed'],
    [() => instantOf(readDer(Buffer.from('\x17\x0b2611230930Z', 'latin1'))), 'time_malformed'],
  ])('refuses %s', (run, expected) => {
    expect(code(run)).toBe(expected);
  });
});
