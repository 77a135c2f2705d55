import { describe, expect, it } from 'vitest';
import { calculate, openCalculation } from './calculate.ts';
import type { Calculation, CalculationContext } from './calculation.ts';
import { compileForm } from './compile-form.ts';
import type { Answers } from './answers.ts';
import type { FormDefinition } from './definition.ts';
import { aCell, aCheck, aColumn, aContext, aForm, aTable, typed } from './test/a-form.ts';

const run = (
  definition: FormDefinition,
  answers: Answers,
  context: Partial<CalculationContext> = {},
): Calculation => calculate(compileForm(definition), answers, aContext(context));

const written = ({ cells }: Calculation): Record<string, string> =>
  Object.fromEntries(
    Object.entries(cells).map(([code, value]) => [code, value.ok ? value.text : `!${value.error}`]),
  );

const value = (formula: string, cells: Record<string, string> = {}): string | undefined =>
  written(
    run(
      aForm({ cells: [aCell('1', { limits: { signed: true } }), aCell('2'), aCell('9', { formula })] }),
      typed(cells),
    ),
  )['9'];

describe('formulas over numbers', () => {
  it.each([
    ['1 + 2 * 3 - 4', '3'],
    ['(1 + 2) * -3', '-9'],
    ['r2(c1 * 0.25 / 100)', '0.01'],
    ['c1 * 0.25 / 100', '0.005'],
    ['c1 / 8', '0.25'],
    ['div(c1, 3, 4)', '0.6667'],
    ['div(c1, 3, 99)', '0.666666666667'],
    ['div(c1, c2, 2)', '!division_by_zero'],
    ['max(1, c1, -5)', '2'],
    ['min(1, c1, -5)', '-5'],
    ['abs(0 - c1)', '2'],
    ['if(c1 > 1, 10, 20)', '10'],
    ['if(c1 < 1 or c1 >= 2 and c1 <> 3, 10, 20)', '10'],
    ['if(not (c1 = 2.00), 10, 20)', '20'],
    ['if(oneOf(c1, 1, 2.0), 10, 20)', '10'],
    ['if(c2 = 0, 0, div(c1, c2, 2))', '0'],
    ["if($officeCode = '004' and $kind <> 'corrected', 10, 20)", '10'],
    ['if($periodTo < $today and isQuarter($periodFrom, $periodTo), 10, 20)', '10'],
    ['default(c2)', '0'],
  ])('%s is %s', (formula, result) => {
    expect(value(formula, { '1': '2' })).toBe(result);
  });
});

describe('errors as values', () => {
  const form = aForm({
    cells: [
      aCell('1'),
      aCell('2', { formula: 'c1 * 2' }),
      aCell('3', { formula: 'if(c4 = 0, 5, c2)' }),
      aCell('4'),
      aCell('5', { formula: 'c2 + 1' }),
    ],
    checks: [aCheck('silent', { at: [{ cell: '2' }], must: 'this > 100' })],
  });

  it('flow to what depends on them, and only there; only the wrong text is reported', () => {
    const calculation = run(form, typed({ '1': '12a' }));
    expect(written(calculation)).toEqual({
      '1': '!not_a_number',
      '2': '!depends',
      '3': '5',
      '4': '0',
      '5': '!depends',
    });
    expect(calculation.findings).toEqual([
      { rule: 'field', severity: 'E', at: { cell: '1' }, code: 'not_a_number', data: { typed: '12a' } },
    ]);
  });

  it('report a division by zero at the computed cell', () => {
    const calculation = run(
      aForm({ cells: [aCell('1'), aCell('2', { formula: 'div(1, c1, 2)' })] }),
      typed({}),
    );
    expect(calculation.findings).toEqual([
      { rule: 'field', severity: 'E', at: { cell: '2' }, code: 'division_by_zero' },
    ]);
  });

  it('keep only the start of a very long text', () => {
    const [finding] = run(form, typed({ '1': 'x'.repeat(300) })).findings;
    expect(finding?.data).toEqual({ typed: 'x'.repeat(60) });
  });
});

describe('where cells get their text', () => {
  const form = aForm({
    cells: [
      aCell('inn', { kind: 'inn', source: { from: 'profile', field: 'inn' } }),
      aCell('phone', {
        kind: 'phone',
        source: { from: 'profile', field: 'phone', editable: true },
        required: true,
      }),
      aCell('kind', { kind: 'kind', source: { from: 'kind' } }),
      aCell('from', { kind: 'date', source: { from: 'periodFrom' } }),
      aCell('to', { kind: 'date', source: { from: 'periodTo' } }),
      aCell('received', { kind: 'date', source: { from: 'agency' } }),
      aCell('rate', { kind: 'rate', default: "if(oneOf($officeCode, '004'), 6, 4)" }),
      aCell('note', { kind: 'text', required: true }),
    ],
  });

  it('is the profile, the filing, the default, and what is typed where typing is allowed', () => {
    const answers = typed({
      inn: 'ignored',
      kind: 'ignored',
      received: 'ignored',
      phone: '0700 11-22-33',
      note: ' да ',
    });
    expect(written(run(form, answers))).toEqual({
      inn: '01201201210012',
      phone: '+996700112233',
      kind: 'initial',
      from: '2026-01-01',
      to: '2026-03-31',
      received: '',
      rate: '6',
      note: 'да',
    });
  });

  it('falls back to the profile when what was typed is deleted', () => {
    expect(written(run(form, typed({ phone: '  ', note: 'да' })))).toMatchObject({ phone: '+996555123456' });
  });

  it('misses what is required', () => {
    const calculation = run(form, typed({ phone: '  ', note: '  ' }), {
      profile: { inn: '01201201210012', name: 'x', officeCode: '005' },
    });
    expect(written(calculation)).toMatchObject({ phone: '!required', note: '!required', rate: '4' });
    expect(calculation.findings.map(({ at, code }) => [at, code])).toEqual([
      [{ cell: 'phone' }, 'required'],
      [{ cell: 'note' }, 'required'],
    ]);
  });
});

describe('tables', () => {
  const wide = aForm({
    cells: [aCell('1'), aCell('9', { formula: 'SUM(T.c)' })],
    tables: [
      aTable('T', [
        aColumn('a'),
        aColumn('b', { formula: 'row.a * c1' }),
        aColumn('c', { formula: 'row.b + SUM(T.a)' }),
      ]),
    ],
    checks: [aCheck('big', { at: [{ table: 'T', column: 'c' }], must: 'this <= c1', data: { limit: 'c1' } })],
  });

  it('may look at cells and at their own sums', () => {
    const calculation = run(wide, typed({ '1': '10' }, { T: [{ a: '1' }, { a: '2' }] }));
    expect(calculation.tables['T']).toEqual([
      { a: { ok: true, text: '1' }, b: { ok: true, text: '10' }, c: { ok: true, text: '13' } },
      { a: { ok: true, text: '2' }, b: { ok: true, text: '20' }, c: { ok: true, text: '23' } },
    ]);
    expect(written(calculation)['9']).toBe('36');
    expect(calculation.findings.map(({ rule, at, data }) => [rule, at, data])).toEqual([
      ['big', { table: 'T', row: 0, column: 'c' }, { limit: '10' }],
      ['big', { table: 'T', row: 1, column: 'c' }, { limit: '10' }],
    ]);
  });

  it('see a change of a cell although the rows are the same objects', () => {
    const calculateAgain = openCalculation(compileForm(wide), aContext());
    const tables = { T: [{ a: '1' }] };
    expect(written(calculateAgain(typed({ '1': '10' }, tables)))['9']).toBe('11');
    expect(written(calculateAgain(typed({ '1': '20' }, tables)))['9']).toBe('21');
  });

  it('see it through a check or a formula alone, too', () => {
    const cells = [aCell('1')];
    const onlyCheck = aForm({
      cells,
      tables: [aTable('T', [aColumn('a')])],
      checks: [aCheck('over', { at: [{ table: 'T', column: 'a' }], must: 'this <= c1' })],
    });
    const checkAgain = openCalculation(compileForm(onlyCheck), aContext());
    const tables = { T: [{ a: '5' }] };
    expect(checkAgain(typed({ '1': '9' }, tables)).findings).toEqual([]);
    expect(checkAgain(typed({ '1': '4' }, tables)).findings).toHaveLength(1);
    const onlyFormula = aForm({
      cells,
      tables: [aTable('T', [aColumn('a'), aColumn('b', { formula: 'row.a * c1' })])],
    });
    const calculateAgain = openCalculation(compileForm(onlyFormula), aContext());
    expect(calculateAgain(typed({ '1': '9' }, tables)).tables['T']?.[0]?.['b']).toEqual({
      ok: true,
      text: '45',
    });
    expect(calculateAgain(typed({ '1': '4' }, tables)).tables['T']?.[0]?.['b']).toEqual({
      ok: true,
      text: '20',
    });
  });

  const narrow = aForm({
    cells: [aCell('9', { formula: 'SUM(T.b)' })],
    tables: [aTable('T', [aColumn('a'), aColumn('b', { formula: 'row.a * 2' })], { minRows: 1, maxRows: 2 })],
    checks: [aCheck('some', { at: [{ table: 'T', column: 'a' }], must: 'this > 0' })],
  });

  it('do not compute a row again that has not changed, and find its failures at its new place', () => {
    const calculateAgain = openCalculation(compileForm(narrow), aContext());
    const [first, second] = [{ a: '1' }, { a: '0' }];
    const before = calculateAgain(typed({}, { T: [first, second] }));
    const after = calculateAgain(typed({}, { T: [second] }));
    expect(after.tables['T']?.[0]).toBe(before.tables['T']?.[1]);
    expect(before.findings.map(({ at }) => at)).toEqual([{ table: 'T', row: 1, column: 'a' }]);
    expect(after.findings.map(({ at }) => at)).toEqual([{ table: 'T', row: 0, column: 'a' }]);
  });

  it('have as many rows as the form says', () => {
    const few = run(narrow, typed({}));
    expect(few.findings).toEqual([
      {
        rule: 'rows',
        severity: 'E',
        at: { table: 'T', row: 0, column: 'a' },
        code: 'too_few_rows',
        data: { limit: '1' },
      },
    ]);
    const many = run(narrow, typed({}, { T: [{ a: '1' }, { a: '1' }, { a: '1' }] }));
    expect(many.findings).toEqual([
      {
        rule: 'rows',
        severity: 'E',
        at: { table: 'T', row: 2, column: 'a' },
        code: 'too_many_rows',
        data: { limit: '2' },
      },
    ]);
    expect(written(many)['9']).toBe('6');
  });

  it('make a sum depend on every row', () => {
    const calculation = run(narrow, typed({}, { T: [{ a: '1' }, { a: 'x' }] }));
    expect(written(calculation)['9']).toBe('!depends');
    expect(calculation.findings.map(({ code }) => code)).toEqual(['not_a_number']);
  });
});

it('lists findings in reading order, unreadable texts first, then errors before warnings', () => {
  const at = [{ cell: '2' }];
  const form = aForm({
    cells: [aCell('2'), aCell('1')],
    tables: [aTable('T', [aColumn('a')])],
    checks: [
      aCheck('b.info', { at, must: 'this > 0', severity: 'I' }),
      aCheck('z.error', { at, must: 'this > 0' }),
      aCheck('a.warn', { at: [{ cell: '1' }, ...at], must: 'this > 0', severity: 'W' }),
    ],
    sections: [
      {
        code: 's',
        label: 's',
        items: [
          { item: 'table', table: 'T' },
          { item: 'cell', cell: '2' },
          { item: 'cell', cell: '1' },
        ],
      },
    ],
  });
  const findings = run(form, typed({ '1': '0' }, { T: [{ a: '1' }, { a: 'x' }] })).findings;
  expect(findings.map(({ rule, code }) => `${rule} ${code}`)).toEqual([
    'field not_a_number',
    'z.error check.z.error',
    'a.warn check.a.warn',
    'b.info check.b.info',
    'a.warn check.a.warn',
  ]);
});
