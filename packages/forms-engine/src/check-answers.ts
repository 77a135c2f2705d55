import type { Answers } from './answers.ts';
import type { CompiledForm } from './compile-form.ts';
import type { Cell, Table } from './definition.ts';
import { isTyped } from './read-field.ts';

/** The longest text of one cell, in UTF-16 units. */
export const CELL_TEXT_LIMIT = 300;
/** How many problems are told at once. */
export const PROBLEM_LIMIT = 20;

export type AnswersProblemCode =
  | 'not_an_object'
  | 'not_a_list'
  | 'not_a_text'
  | 'unknown_key'
  | 'unknown_cell'
  | 'unknown_table'
  | 'unknown_column'
  | 'not_typed'
  | 'too_long'
  | 'too_many_rows'
  | 'bad_character';

export interface AnswersProblem {
  /** Where: `cells.050`, `tables.ADV_CUR.0.amount`; unknown names are cut to 40 characters. */
  readonly at: string;
  readonly code: AnswersProblemCode;
}

export type AnswersCheck =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly problems: readonly AnswersProblem[] };

type Report = (at: string, code: AnswersProblemCode) => void;
type Known = ReadonlyMap<string, Pick<Cell, 'formula' | 'source'>>;

/** What the database cannot keep: NUL, and surrogates without their partner. */
const UNSTORABLE = /\0|\p{Cs}/u;

const asObject = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? // Any object can be read by keys; every value is still unknown.
      (value as Record<string, unknown>)
    : undefined;

const shortKey = (key: string): string => key.slice(0, 40);

const textProblem = (value: unknown): AnswersProblemCode | undefined => {
  if (typeof value !== 'string') return 'not_a_text';
  if (value.length > CELL_TEXT_LIMIT) return 'too_long';
  return UNSTORABLE.test(value) ? 'bad_character' : undefined;
};

const checkTexts = (
  received: unknown,
  place: { readonly at: string; readonly known: Known; readonly unknownCode: AnswersProblemCode },
  report: Report,
): Record<string, string> => {
  const texts: Record<string, string> = {};
  const given = asObject(received);
  if (given === undefined) report(place.at, 'not_an_object');
  for (const [key, value] of Object.entries(given ?? {})) {
    const field = place.known.get(key);
    const problem =
      field === undefined ? place.unknownCode : isTyped(field) ? textProblem(value) : 'not_typed';
    if (problem !== undefined) report(`${place.at}.${shortKey(key)}`, problem);
    else if (typeof value === 'string') texts[key] = value;
  }
  return texts;
};

const checkRows = (received: unknown, table: Table, report: Report): Record<string, string>[] => {
  const at = `tables.${table.code}`;
  if (!Array.isArray(received)) {
    report(at, 'not_a_list');
    return [];
  }
  if (received.length > table.maxRows) {
    report(at, 'too_many_rows');
    return [];
  }
  const known: Known = new Map(table.columns.map((column) => [column.code, column]));
  const rows: readonly unknown[] = received;
  return rows.map((row, index) =>
    checkTexts(row, { at: `${at}.${index}`, known, unknownCode: 'unknown_column' }, report),
  );
};

const checkTables = (
  compiled: CompiledForm,
  received: unknown,
  report: Report,
): Record<string, Record<string, string>[]> => {
  const tables: Record<string, Record<string, string>[]> = {};
  const given = asObject(received);
  if (given === undefined) report('tables', 'not_an_object');
  for (const [key, value] of Object.entries(given ?? {})) {
    const table = compiled.tables.get(key);
    if (table === undefined) report(`tables.${shortKey(key)}`, 'unknown_table');
    else tables[key] = checkRows(value, table, report);
  }
  return tables;
};

/**
 * Checks what arrived over the network: an object with `cells` and `tables` and nothing else, known and typed cells only,
 * texts of at most 300 characters, no more rows than the form allows. Gives a fresh copy, or the first 20 problems.
 * Whether the texts make sense is the calculation's business.
 */
export const checkAnswersShape = (compiled: CompiledForm, received: unknown): AnswersCheck => {
  const problems: AnswersProblem[] = [];
  const report: Report = (at, code) => {
    if (problems.length < PROBLEM_LIMIT) problems.push({ at, code });
  };
  const given = asObject(received);
  if (given === undefined) return { ok: false, problems: [{ at: '', code: 'not_an_object' }] };
  for (const key of Object.keys(given))
    if (key !== 'cells' && key !== 'tables') report(shortKey(key), 'unknown_key');
  const cells = checkTexts(
    given['cells'],
    { at: 'cells', known: compiled.cells, unknownCode: 'unknown_cell' },
    report,
  );
  const tables = checkTables(compiled, given['tables'], report);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, answers: { cells, tables } };
};
