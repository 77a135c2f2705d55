import { expect, it } from 'vitest';
import type { FormModule } from './form-module.ts';
import { runGoldenCase } from './golden-case.ts';
import type { GoldenCase } from './golden-case.ts';
import { aCell, aColumn, aContext, aForm, aTable } from './test/a-form.ts';

const form: FormModule = {
  definition: aForm({
    cells: [aCell('1'), aCell('2', { formula: 'c1 * 2' })],
    tables: [aTable('T', [aColumn('a')])],
  }),
  labels: { ru: {}, ky: {}, en: {} },
  toXml: ({ calculation }) => JSON.stringify(calculation.cells['2']),
  fileName: () => 'x.xml',
};

const golden: GoldenCase = {
  name: 'twice two',
  context: aContext(),
  answers: { cells: { '1': '2' }, tables: { T: [{ a: '7' }] } },
  expected: { cells: { '2': '4' }, tables: { T: [{ a: '7' }] }, findings: [] },
};

it('passes when everything is as expected, and hands out the XML', () => {
  expect(runGoldenCase(form, golden, '{"ok":true,"text":"4"}')).toEqual({
    differences: [],
    xml: '{"ok":true,"text":"4"}',
  });
});

it('names every difference', () => {
  const expected = {
    cells: { '2': '5', '3': '1' },
    tables: { T: [{ a: '8' }, { a: '7' }] },
    findings: [{ rule: 'x', severity: 'E', at: { cell: '1' }, code: 'y' }] as const,
  };
  expect(runGoldenCase(form, { ...golden, expected }, 'other').differences).toEqual([
    'cell 2: expected 5, found 4',
    'cell 3: expected 1, found nothing',
    'rows of T: expected 2, found 1',
    'T[0] a: expected 8, found 7',
    'T[1] a: expected 7, found nothing',
    'findings: expected ["E","x","1","y",[]], found ',
    'xml: expected other, found {"ok":true,"text":"4"}',
  ]);
});

it('writes no XML over errors, and refuses answers the server would refuse', () => {
  expect(
    runGoldenCase(form, { ...golden, answers: { cells: { '1': 'x' }, tables: {} } }).xml,
  ).toBeUndefined();
  expect(runGoldenCase(form, { ...golden, answers: { cells: { '9': '1' }, tables: {} } })).toEqual({
    differences: ['answers cells.9: unknown_cell'],
    xml: undefined,
  });
});
