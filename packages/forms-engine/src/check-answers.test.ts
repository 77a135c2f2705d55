import { describe, expect, it } from 'vitest';
import { checkAnswersShape, PROBLEM_LIMIT } from './check-answers.ts';
import { compileForm } from './compile-form.ts';
import { aCell, aColumn, aForm, aTable } from './test/a-form.ts';

const form = compileForm(
  aForm({
    cells: [
      aCell('1'),
      aCell('9', { formula: 'c1' }),
      aCell('inn', { kind: 'inn', source: { from: 'profile', field: 'inn' } }),
      aCell('phone', { kind: 'phone', source: { from: 'profile', field: 'phone', editable: true } }),
    ],
    tables: [aTable('T', [aColumn('a'), aColumn('b', { formula: 'row.a' })], { maxRows: 2 })],
  }),
);

const problems = (received: unknown): string[] => {
  const check = checkAnswersShape(form, received);
  return check.ok ? [] : check.problems.map(({ at, code }) => `${at}: ${code}`);
};

it('takes everything typed as it is, senseless or not, into a fresh object', () => {
  const received = { cells: { '1': '12a', phone: ' ' }, tables: { T: [{ a: '-1' }, {}] } };
  const check = checkAnswersShape(form, received);
  expect(check).toEqual({ ok: true, answers: received });
  expect(check.ok && check.answers).not.toBe(received);
  expect(checkAnswersShape(form, { cells: {}, tables: {} })).toEqual({
    ok: true,
    answers: { cells: {}, tables: {} },
  });
});

describe('refuses', () => {
  it.each<[string, unknown, string]>([
    ['nothing', undefined, ': not_an_object'],
    ['null', null, ': not_an_object'],
    ['a list', [], ': not_an_object'],
    ['a text', 'cells', ': not_an_object'],
    ['no cells', { tables: {} }, 'cells: not_an_object'],
    ['no tables', { cells: {} }, 'tables: not_an_object'],
    ['another key', { cells: {}, tables: {}, evil: 1 }, 'evil: unknown_key'],
    ['an unknown cell', { cells: { '2': '1' }, tables: {} }, 'cells.2: unknown_cell'],
    ['a computed cell', { cells: { '9': '1' }, tables: {} }, 'cells.9: not_typed'],
    ['a cell of the profile', { cells: { inn: '1' }, tables: {} }, 'cells.inn: not_typed'],
    ['a number', { cells: { '1': 1000 }, tables: {} }, 'cells.1: not_a_text'],
    ['null in a cell', { cells: { '1': null }, tables: {} }, 'cells.1: not_a_text'],
    ['a long text', { cells: { '1': 'x'.repeat(301) }, tables: {} }, 'cells.1: too_long'],
    ['NUL', { cells: { '1': 'a\0' }, tables: {} }, 'cells.1: bad_character'],
    ['half a surrogate', { cells: { '1': '\ud800' }, tables: {} }, 'cells.1: bad_character'],
    ['an unknown table', { cells: {}, tables: { X: [] } }, 'tables.X: unknown_table'],
    ['a table that is no list', { cells: {}, tables: { T: { 0: {} } } }, 'tables.T: not_a_list'],
    ['too many rows', { cells: {}, tables: { T: [{}, {}, {}] } }, 'tables.T: too_many_rows'],
    ['a row that is a text', { cells: {}, tables: { T: ['a'] } }, 'tables.T.0: not_an_object'],
    ['an unknown column', { cells: {}, tables: { T: [{}, { c: '1' }] } }, 'tables.T.1.c: unknown_column'],
    ['a computed column', { cells: {}, tables: { T: [{ b: '1' }] } }, 'tables.T.0.b: not_typed'],
    [
      'a long key',
      { cells: { ['k'.repeat(999)]: '1' }, tables: {} },
      `cells.${'k'.repeat(40)}: unknown_cell`,
    ],
  ])('%s', (_, received, problem) => {
    expect(problems(received)).toEqual([problem]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'the key %s, without touching any prototype',
    (key) => {
      const poison: unknown = JSON.parse(
        `{"cells":{"${key}":{"polluted":"yes"}},"tables":{"${key}":[{"${key}":"x"}]}}`,
      );
      expect(problems(poison)).toEqual([`cells.${key}: unknown_cell`, `tables.${key}: unknown_table`]);
      expect('polluted' in {}).toBe(false);
    },
  );

  it('no more problems than a person reads', () => {
    const cells = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, '1']));
    expect(problems({ cells, tables: {} })).toHaveLength(PROBLEM_LIMIT);
  });

  it('takes 300 characters', () => {
    expect(problems({ cells: { '1': 'x'.repeat(300) }, tables: {} })).toEqual([]);
  });
});
