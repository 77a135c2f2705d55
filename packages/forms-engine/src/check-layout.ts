import type { Cell, Column, FormDefinition, SectionItem, Table } from './definition.ts';

const CELL_CODE = /^[A-Za-z0-9]\w{0,19}$/;
const COLUMN_CODE = /^(?:[A-Za-z]\w{0,19}|\d{1,9})$/;
const TABLE_CODE = /^[A-Z][A-Z0-9_]{0,29}$/;
const ROW_LIMIT = 100_000;

/** Codes become keys of plain objects: a name every object has already would read as a value. */
const isFree = (code: string): boolean => !(code in {});

const repeated = (codes: readonly string[]): string[] =>
  codes.filter((code, index) => codes.indexOf(code) !== index);

const cellsOf = (item: SectionItem): readonly string[] => {
  switch (item.item) {
    case 'cell':
    case 'subtotal':
      return [item.cell];
    case 'line':
      return [item.base, item.rate, item.tax];
    default:
      return [];
  }
};

const fieldProblems = (field: Cell | Column, where: string): string[] => {
  const problems: string[] = [];
  if (field.label === '') problems.push(`${where} has no label`);
  if (field.formula !== undefined && field.default !== undefined)
    problems.push(`${where} has a formula and a default`);
  if (field.formula !== undefined && 'source' in field && field.source !== undefined) {
    problems.push(`${where} has a formula and a source`);
  }
  return problems;
};

const tableProblems = (table: Table): string[] => [
  ...(TABLE_CODE.test(table.code) ? [] : [`table code ${table.code}`]),
  ...(0 <= table.minRows && table.minRows <= table.maxRows && table.maxRows <= ROW_LIMIT
    ? []
    : [`rows of ${table.code}`]),
  ...(table.columns.length > 0 ? [] : [`${table.code} has no columns`]),
  ...repeated(table.columns.map(({ code }) => code)).map((code) => `column ${table.code}.${code} twice`),
  ...table.columns.flatMap((column) => [
    ...(COLUMN_CODE.test(column.code) && isFree(column.code)
      ? []
      : [`column code ${table.code}.${column.code}`]),
    ...fieldProblems(column, `${table.code}.${column.code}`),
  ]),
];

const placementProblems = (kind: string, known: readonly string[], placed: readonly string[]): string[] => [
  ...repeated(placed).map((code) => `${kind} ${code} stands twice in the sections`),
  ...placed.filter((code) => !known.includes(code)).map((code) => `sections name unknown ${kind} ${code}`),
  ...known.filter((code) => !placed.includes(code)).map((code) => `${kind} ${code} stands in no section`),
];

/** Codes of cells and of tables in reading order. */
export const readingOrder = (definition: FormDefinition): { cells: string[]; tables: string[] } => {
  const items = definition.sections.flatMap((section) => section.items);
  return {
    cells: items.flatMap(cellsOf),
    tables: items.flatMap((item) => (item.item === 'table' ? [item.table] : [])),
  };
};

const taxDueProblems = ({ meta, cells }: FormDefinition): string[] => {
  if (meta.taxDue === undefined) return [];
  const cell = cells.find(({ code }) => code === meta.taxDue);
  if (cell === undefined) return [`tax due in unknown cell ${meta.taxDue}`];
  return cell.kind === 'money' ? [] : [`tax due in cell ${cell.code}, which is no money`];
};

/** Problems of codes, duplicates and placement; formulas are looked at later. */
export const layoutProblems = (definition: FormDefinition): string[] => {
  const cells = definition.cells.map(({ code }) => code);
  const tables = definition.tables.map(({ code }) => code);
  const placed = readingOrder(definition);
  return [
    ...cells.filter((code) => !CELL_CODE.test(code) || !isFree(code)).map((code) => `cell code ${code}`),
    ...repeated(cells).map((code) => `cell ${code} twice`),
    ...repeated(tables).map((code) => `table ${code} twice`),
    ...repeated(definition.checks.map(({ id }) => id)).map((id) => `check ${id} twice`),
    ...definition.cells.flatMap((cell) => fieldProblems(cell, `cell ${cell.code}`)),
    ...definition.tables.flatMap(tableProblems),
    ...placementProblems('cell', cells, placed.cells),
    ...placementProblems('table', tables, placed.tables),
    ...taxDueProblems(definition),
  ];
};
