import type { Answers } from '../answers.ts';
import type { CalculationContext } from '../calculation.ts';
import type { Cell, Check, Column, FormDefinition, Section, Table } from '../definition.ts';

/** A money cell; a formula makes it computed. */
export const aCell = (code: string, more: Partial<Cell> = {}): Cell => ({
  code,
  kind: 'money',
  label: `cell.${code}`,
  provenance: 'R',
  ...more,
});

export const aColumn = (code: string, more: Partial<Column> = {}): Column => aCell(code, more);

export const aTable = (code: string, columns: readonly Column[], more: Partial<Table> = {}): Table => ({
  code,
  label: `table.${code}`,
  columns,
  minRows: 0,
  maxRows: 3,
  provenance: 'R',
  ...more,
});

export const aCheck = (id: string, more: Pick<Check, 'at' | 'must'> & Partial<Check>): Check => ({
  id,
  severity: 'E',
  provenance: 'R',
  ...more,
});

/** A form of these parts, each cell and table placed once in the order given unless sections are given. */
export const aForm = (parts: {
  cells?: readonly Cell[];
  tables?: readonly Table[];
  checks?: readonly Check[];
  sections?: readonly Section[];
}): FormDefinition => {
  const { cells = [], tables = [], checks = [] } = parts;
  const items = [
    ...cells.map(({ code }) => ({ item: 'cell', cell: code }) as const),
    ...tables.map(({ code }) => ({ item: 'table', table: code }) as const),
  ];
  return {
    meta: {
      id: 'test/form/1',
      agency: 'test',
      series: 'FORM',
      code: 'TEST',
      edition: '1',
      periodicity: 'quarter',
      validFrom: '2026-01-01',
      dueRule: { monthOffset: 1, day: 20, shiftIfHoliday: true },
      requiredSigners: ['head'],
      provenance: 'R',
    },
    cells,
    tables,
    checks,
    sections: parts.sections ?? [{ code: 'all', label: 'section.all', items }],
  };
};

export const aContext = (more: Partial<CalculationContext> = {}): CalculationContext => ({
  profile: { inn: '01201201210012', name: 'ОсОО «Ак Көл»', officeCode: '4', phone: '+996555123456' },
  period: { from: '2026-01-01', to: '2026-03-31' },
  kind: 'initial',
  today: '2026-04-10',
  ...more,
});

export const typed = (cells: Record<string, string>, tables: Answers['tables'] = {}): Answers => ({
  cells,
  tables,
});
