import { describe, expect, it } from 'vitest';
import { FormulaError } from './formula-error.ts';
import { DEPTH_LIMIT, parseFormula } from './parse.ts';
import { printFormula } from './print.ts';

const codeOf = (source: string): string => {
  try {
    parseFormula(source);
    return 'fine';
  } catch (error) {
    return error instanceof FormulaError ? error.code : 'another error';
  }
};

it('reads the references', () => {
  expect(parseFormula('c050')).toEqual({ node: 'cell', code: '050' });
  expect(parseFormula('ADV_CUR.amount')).toEqual({ node: 'column', table: 'ADV_CUR', code: 'amount' });
  expect(parseFormula('T.265')).toEqual({ node: 'column', table: 'T', code: '265' });
  expect(parseFormula('row.rate')).toEqual({ node: 'row', code: 'rate' });
  expect(parseFormula('this')).toEqual({ node: 'this' });
  expect(parseFormula('$kind')).toEqual({ node: 'context', name: 'kind' });
  expect(parseFormula('default(this)')).toEqual({ node: 'default', of: { node: 'this' } });
  expect(parseFormula("'it''s'")).toEqual({ node: 'text', value: "it's" });
});

it.each([
  ['1 - 2 - 3', '1 - 2 - 3'],
  ['1 - (2 - 3)', '1 - (2 - 3)'],
  ['(1 + 2) * 3', '(1 + 2) * 3'],
  ['1 + (2 * 3)', '1 + 2 * 3'],
  ['- - 1', '--1'],
  ['-(1+2)', '-(1 + 2)'],
  ['not (true or false) and true', 'not (true or false) and true'],
  ['true or false and true', 'true or false and true'],
  ['(true or false) and true', '(true or false) and true'],
  ['(1 < 2) = (3 < 4)', '(1 < 2) = (3 < 4)'],
  ['  r2( c053*c054 / 100 )\n', 'r2(c053 * c054 / 100)'],
  ["if($kind='initial',1,2)", "if($kind = 'initial', 1, 2)"],
  ['f()', 'f()'],
])('%s prints as %s', (source, printed) => {
  expect(printFormula(parseFormula(source))).toBe(printed);
});

describe('refuses by name', () => {
  it.each([
    ['', 'unexpected'],
    ['1 +', 'unexpected'],
    ['1 2', 'unexpected'],
    ['(1', 'unexpected'],
    ['1)', 'unexpected'],
    ['1 < 2 < 3', 'unexpected'],
    ['f(1,)', 'unexpected'],
    ['f(,1)', 'unexpected'],
    ['T.', 'unexpected'],
    ['row', 'unexpected'],
    ['row.1.5', 'unexpected'],
    ['and', 'unexpected'],
    ['default(1)', 'unexpected'],
    ['1.5.3', 'unexpected'],
    ["'open", 'bad_character'],
    ['a;b', 'bad_character'],
    ['1 % 2', 'bad_character'],
    ['$Kind', 'unknown_context'],
    ['$constructor', 'unknown_context'],
    ['c1+'.repeat(2000), 'too_long'],
  ])('%j: %s', (source, code) => {
    expect(codeOf(source)).toBe(code);
  });

  it('says where', () => {
    expect(() => parseFormula('c050 + ?')).toThrow('at 6');
  });

  it.each(['(', 'f(', '-', 'not '])('nests %j so far and no farther', (opening) => {
    const nested = (depth: number): string => {
      const closing = opening.endsWith('(') ? ')' : '';
      return `${opening.repeat(depth)}${opening === 'not ' ? 'true' : '1'}${closing.repeat(depth)}`;
    };
    expect(codeOf(nested(DEPTH_LIMIT))).toBe('fine');
    expect(codeOf(nested(DEPTH_LIMIT + 1))).toBe('too_deep');
    expect(codeOf(nested(900))).toBe('too_deep');
  });
});
