import { describe, expect, it } from 'vitest';
import { compileForm } from './compile-form.ts';
import type { FormDefinition } from './definition.ts';
import { FormDefinitionError } from './form-definition-error.ts';
import { aCell, aCheck, aColumn, aForm, aTable } from './test/a-form.ts';

const problemsOf = (definition: FormDefinition): readonly string[] => {
  try {
    compileForm(definition);
    return [];
  } catch (error) {
    if (error instanceof FormDefinitionError) return error.problems;
    throw error;
  }
};

const formula = (source: string): readonly string[] =>
  problemsOf(
    aForm({
      cells: [aCell('1'), aCell('2', { kind: 'text' }), aCell('9', { formula: source })],
      tables: [aTable('T', [aColumn('a'), aColumn('w', { kind: 'text' })])],
    }),
  );

describe('formulas', () => {
  it.each([
    'c1 + 1',
    'SUM(T.a)',
    'r2(c1 * 3 / 100)',
    'c1 / 8',
    'c1 / 0.25',
    "if(c2 = 'x', 1, 2)",
    'div(c1, c1, 2)',
    'max(1, c1)',
    "if(oneOf(c2, 'a', 'b') and not oneOf(c1, 1, 2), min(c1, 2), abs(c1))",
    "if($today > '2026-01-01', default(c1), 0)",
    'if(isQuarter($periodFrom, $periodTo), 1, 0)',
  ])('compiles %s', (source) => {
    expect(formula(source)).toEqual([]);
  });

  it.each([
    ['c7', 'unknown_reference'],
    ['SUM(X.a)', 'unknown_reference'],
    ['SUM(T.b)', 'unknown_reference'],
    ['row.a', 'unknown_reference'],
    ['this', 'unknown_reference'],
    ['default(c7)', 'unknown_reference'],
    ['SQRT(1)', 'unknown_function'],
    ['constructor(1)', 'unknown_function'],
    ['r2()', 'wrong_arguments'],
    ['r2(1, 2)', 'wrong_arguments'],
    ['if(true, 1)', 'wrong_arguments'],
    ['c2', 'wrong_type'],
    ["'x'", 'wrong_type'],
    ['c1 = 1', 'wrong_type'],
    ['c1 + c2', 'wrong_type'],
    ['T.a', 'wrong_type'],
    ['T.a + 1', 'wrong_type'],
    ['SUM(c1)', 'wrong_type'],
    ['if(1, 2, 3)', 'wrong_type'],
    ["if(true, 1, 'x')", 'wrong_type'],
    ["if(c1 = 'x', 1, 2)", 'wrong_type'],
    ['if(not c1, 1, 2)', 'wrong_type'],
    ["if(oneOf(c1, 1, 'x'), 1, 2)", 'wrong_type'],
    ['c1 / 3', 'inexact_division'],
    ['c1 / 0', 'inexact_division'],
    ['c1 / c1', 'inexact_division'],
    ['c1 +', 'unexpected'],
  ])('refuses %s: %s', (source, code) => {
    const problems = formula(source);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`c9: ${code}`);
  });

  it('lets defaults know only constants and the context', () => {
    expect(problemsOf(aForm({ cells: [aCell('1'), aCell('2', { default: 'c1' })] }))[0]).toContain(
      'unknown_reference',
    );
    expect(problemsOf(aForm({ cells: [aCell('1', { default: '$kind' })] }))[0]).toContain('wrong_type');
    expect(problemsOf(aForm({ cells: [aCell('1', { default: "if($kind = 'initial', 1, 2)" })] }))).toEqual(
      [],
    );
  });
});

describe('cycles', () => {
  it('names the way round', () => {
    const cells = [
      aCell('1', { formula: 'c2' }),
      aCell('2', { formula: 'c3 + 1' }),
      aCell('3', { formula: 'c1' }),
    ];
    expect(problemsOf(aForm({ cells }))).toEqual(['cycle: c1 <- c2 <- c3 <- c1']);
  });

  it('sees a cell in itself, and through a table', () => {
    expect(problemsOf(aForm({ cells: [aCell('1', { formula: 'c1 + 1' })] }))).toEqual(['cycle: c1 <- c1']);
    const through = aForm({
      cells: [aCell('1', { formula: 'SUM(T.b)' })],
      tables: [aTable('T', [aColumn('a'), aColumn('b', { formula: 'row.a * c1' })])],
    });
    expect(problemsOf(through)).toEqual(['cycle: c1 <- T.b <- c1']);
  });
});

describe('layout', () => {
  it.each<[string, FormDefinition, string]>([
    ['a cell twice', aForm({ cells: [aCell('1'), aCell('1')] }), 'cell 1 twice'],
    ['a column twice', aForm({ tables: [aTable('T', [aColumn('a'), aColumn('a')])] }), 'column T.a twice'],
    [
      'a cell in no section',
      { ...aForm({ cells: [aCell('1')] }), sections: [] },
      'cell 1 stands in no section',
    ],
    [
      'a section with an unknown cell',
      aForm({ sections: [{ code: 's', label: 's', items: [{ item: 'cell', cell: '1' }] }] }),
      'sections name unknown cell 1',
    ],
    ['a cell called like an object method', aForm({ cells: [aCell('toString')] }), 'cell code toString'],
    ['a cell called __proto__', aForm({ cells: [aCell('__proto__')] }), 'cell code __proto__'],
    ['a table in small letters', aForm({ tables: [aTable('row', [aColumn('a')])] }), 'table code row'],
    ['a table without columns', aForm({ tables: [aTable('T', [])] }), 'T has no columns'],
    [
      'more least rows than most',
      aForm({ tables: [aTable('T', [aColumn('a')], { minRows: 4 })] }),
      'rows of T',
    ],
    [
      'a formula and a default',
      aForm({ cells: [aCell('1', { formula: '1', default: '2' })] }),
      'cell 1 has a formula and a default',
    ],
    [
      'a formula and a source',
      aForm({ cells: [aCell('1', { formula: '1', source: { from: 'kind' } })] }),
      'cell 1 has a formula and a source',
    ],
    ['no label', aForm({ cells: [aCell('1', { label: '' })] }), 'cell 1 has no label'],
  ])('refuses %s', (_, definition, problem) => {
    expect(problemsOf(definition)).toContain(problem);
  });

  it.each<[string, FormDefinition, string[]]>([
    ['a money cell', aForm({ cells: [aCell('1')] }), []],
    ['no cell of the form', aForm({ cells: [aCell('2')] }), ['tax due in unknown cell 1']],
    ['a text', aForm({ cells: [aCell('1', { kind: 'text' })] }), ['tax due in cell 1, which is no money']],
  ])('looks whether the tax due is in %s', (_, form, problems) => {
    expect(problemsOf({ ...form, meta: { ...form.meta, taxDue: '1' } })).toEqual(problems);
  });

  it('tells all problems at once, with the name of the form', () => {
    const broken = aForm({ cells: [aCell('1', { formula: 'c7' }), aCell('2', { formula: '1 +' })] });
    expect(problemsOf(broken)).toHaveLength(2);
    expect(() => compileForm(broken)).toThrow('form test/form/1 is not valid');
  });
});

describe('checks', () => {
  const withCheck = (must: string, at: Parameters<typeof aCheck>[1]['at']): readonly string[] =>
    problemsOf(
      aForm({
        cells: [aCell('1')],
        tables: [aTable('T', [aColumn('a')])],
        checks: [aCheck('x', { must, at })],
      }),
    );

  it('must be true or false, at a place there is', () => {
    expect(withCheck('this > 0', [{ cell: '1' }, { table: 'T', column: 'a' }])).toEqual([]);
    expect(withCheck('this', [{ cell: '1' }])[0]).toContain('check x: wrong_type');
    expect(withCheck('true', [{ cell: '7' }])[0]).toContain('check x: unknown_reference');
    expect(withCheck('true', [{ table: 'T', column: 'b' }])[0]).toContain('check x: unknown_reference');
    expect(withCheck('row.a > 0', [{ cell: '1' }])[0]).toContain('check x: unknown_reference');
  });

  it('have different names', () => {
    const check = aCheck('x', { must: 'true', at: [{ cell: '1' }] });
    expect(problemsOf(aForm({ cells: [aCell('1')], checks: [check, check] }))).toContain('check x twice');
  });
});
