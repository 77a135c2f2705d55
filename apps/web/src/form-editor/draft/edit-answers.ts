import { CELL_TEXT_LIMIT } from '@sochi/forms-engine';
import type { Answers } from '@sochi/forms-engine';
import type { Place } from './place.ts';

type Row = Record<string, string>;

// NUL and lone surrogates cannot be kept by the database, so they are dropped as they come in.
const UNSTORABLE = /\0|\p{Cs}/gu;

const keep = (text: string): string => text.replace(UNSTORABLE, '').slice(0, CELL_TEXT_LIMIT);

/** What was typed at a place; empty where nothing was. */
export const typedAt = (answers: Answers, place: Place): string =>
  'cell' in place
    ? (answers.cells[place.cell] ?? '')
    : (answers.tables[place.table]?.[place.row]?.[place.column] ?? '');

/** Rows of a table; none where the table was never touched. */
export const rowsOf = (answers: Answers, table: string): readonly Row[] => answers.tables[table] ?? [];

const withRows = (answers: Answers, table: string, rows: Row[]): Answers => ({
  ...answers,
  tables: { ...answers.tables, [table]: rows },
});

/** The answers with a text typed at a place, at most 300 characters; untouched rows stay the same objects. */
export const withTyped = (answers: Answers, place: Place, text: string): Answers => {
  const kept = keep(text);
  if ('cell' in place) return { ...answers, cells: { ...answers.cells, [place.cell]: kept } };
  const rows = rowsOf(answers, place.table);
  if (place.row < 0 || place.row >= rows.length) return answers;
  return withRows(
    answers,
    place.table,
    rows.map((row, index) => (index === place.row ? { ...row, [place.column]: kept } : row)),
  );
};

/** The answers with a row put in before `at`; at the end where `at` is left out. */
export const withRow = (answers: Answers, table: string, row: Row = {}, at?: number): Answers => {
  const rows = rowsOf(answers, table);
  return withRows(answers, table, rows.toSpliced(at ?? rows.length, 0, row));
};

/** The answers without a row. */
export const withoutRow = (answers: Answers, table: string, row: number): Answers =>
  withRows(answers, table, rowsOf(answers, table).toSpliced(row, 1));

const sameRow = (left: Row, right: Row): boolean => {
  const codes = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...codes].every((code) => (left[code] ?? '') === (right[code] ?? ''));
};

/** Whether two lists of rows say the same, cell by cell. */
export const sameRows = (left: readonly Row[], right: readonly Row[]): boolean =>
  left === right ||
  (left.length === right.length && left.every((row, index) => sameRow(row, right[index] ?? {})));

/** Whether two answers say the same; an empty text and a missing one are the same. */
export const sameAnswers = (left: Answers, right: Answers): boolean => {
  if (left === right) return true;
  const tables = new Set([...Object.keys(left.tables), ...Object.keys(right.tables)]);
  return (
    sameRow(left.cells, right.cells) &&
    [...tables].every((table) => sameRows(rowsOf(left, table), rowsOf(right, table)))
  );
};
