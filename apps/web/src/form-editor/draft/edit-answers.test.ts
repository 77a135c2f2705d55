import { CELL_TEXT_LIMIT, type Answers } from '@sochi/forms-engine';
import { expect, it } from 'vitest';
import { sameAnswers, typedAt, withRow, withTyped, withoutRow } from './edit-answers.ts';
import { placeKey, placeOf } from './place.ts';

const START: Answers = { cells: { '050': '1' }, tables: { ADV: [{ amount: '5' }, { amount: '6' }] } };
const SECOND = { table: 'ADV', row: 1, column: 'amount' };

it('names a place and finds it again', () => {
  expect(placeOf(placeKey(SECOND))).toEqual(SECOND);
  expect(placeOf(placeKey({ cell: '050' }))).toEqual({ cell: '050' });
});

it('replaces the row that is typed into and leaves the others as they are', () => {
  const typed = withTyped(START, SECOND, '60');
  expect(typedAt(typed, SECOND)).toBe('60');
  expect(typed.tables['ADV']?.[0]).toBe(START.tables['ADV']?.[0]);
  expect(typedAt(START, SECOND)).toBe('6');
  expect(withTyped(START, { table: 'ADV', row: 2, column: 'amount' }, '7')).toBe(START);
});

it('puts rows in and takes them out where it is told', () => {
  const amounts = (answers: Answers) => answers.tables['ADV']?.map(({ amount }) => amount);
  expect(amounts(withRow(START, 'ADV', { amount: '0' }, 0))).toEqual(['0', '5', '6']);
  expect(amounts(withRow(START, 'ADV', { amount: '7' }))).toEqual(['5', '6', '7']);
  expect(amounts(withoutRow(START, 'ADV', 0))).toEqual(['6']);
});

it('keeps only what the server can keep', () => {
  const typed = (text: string) => withTyped(START, { cell: '050' }, text).cells['050'];
  expect(typed('1\\0002')).toBe('1\\0002');
  expect(typed('a\0b\ud800c😀')).toBe('abc😀');
  expect(typed('x'.repeat(1000))).toHaveLength(CELL_TEXT_LIMIT);
});

it('sees that an empty text and none say the same', () => {
  expect(sameAnswers(START, { ...START, cells: { '050': '1', '053': '' } })).toBe(true);
  expect(sameAnswers(START, { ...START, tables: { ...START.tables, NEW: [] } })).toBe(true);
  expect(sameAnswers(START, withTyped(START, SECOND, '7'))).toBe(false);
  expect(sameAnswers(START, withRow(START, 'ADV'))).toBe(false);
});
