/**
 * From the file of a report back to the cells of its form, so that the signer reads the very bytes that are signed, with the
 * form's captions. Written for the layout of the tax service: `STI091X053` is cell 053; `...DECLARATIONDETAIL2` is one row of
 * the form's second table, in it `STI091_2X1` the row's number and `X2`, `X3`, ... the columns in their order; the header has
 * names of its own. Whatever fits none of this is shown as well, by the name it has in the file: nothing that is signed is hidden.
 */
import type { FormModule } from '@sochi/forms';
import type { XmlElement } from './xml-element.ts';

type Definition = FormModule['definition'];

export interface ReportRow {
  readonly number: string;
  readonly columns: Readonly<Record<string, string>>;
}

export interface ReportReading {
  /** Texts by cell code, exactly as in the file. */
  readonly cells: Readonly<Record<string, string>>;
  /** Rows by table code. */
  readonly tables: Readonly<Record<string, readonly ReportRow[]>>;
  /** What has no place in the form: name in the file and text. */
  readonly others: readonly { readonly name: string; readonly text: string }[];
}

const HEADER_CELLS: Readonly<Record<string, string>> = {
  FTYPE: '001',
  STARTDATE: '201',
  ENDDATE: '202',
  TIN: '102',
  FULLNAME: '103',
  RAYONCODE: '104',
};

type Draft = {
  cells: Record<string, string>;
  tables: Record<string, ReportRow[]>;
  others: { name: string; text: string }[];
};

const cellOf = (name: string, definition: Definition): string | undefined => {
  const code = HEADER_CELLS[name] ?? /X(\d{3})$/.exec(name)?.[1];
  return definition.cells.some((cell) => cell.code === code) ? code : undefined;
};

const tableOf = (name: string, definition: Definition): Definition['tables'][number] | undefined => {
  const number = /DECLARATIONDETAIL(\d+)$/.exec(name)?.[1];
  return number === undefined ? undefined : definition.tables[Number(number) - 1];
};

const readRow = (row: XmlElement, table: Definition['tables'][number], into: Draft): void => {
  const columns: Record<string, string> = {};
  let number = '';
  for (const { name, text } of row.children) {
    const position = Number(/X(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    const column = table.columns[position - 2]?.code;
    if (position === 1 && number === '') number = text;
    else if (column !== undefined && !(column in columns)) columns[column] = text;
    else into.others.push({ name: `${row.name}/${name}`, text });
  }
  (into.tables[table.code] ??= []).push({ number, columns });
};

const readElement = (element: XmlElement, definition: Definition, into: Draft): void => {
  for (const [name, text] of element.attributes) into.others.push({ name: `${element.name}/@${name}`, text });
  const table = tableOf(element.name, definition);
  if (table && element.children.every(({ children }) => children.length === 0)) readRow(element, table, into);
  else if (element.children.length > 0)
    for (const child of element.children) readElement(child, definition, into);
  else {
    const code = cellOf(element.name, definition);
    // A second value for a cell must not replace the first unseen.
    if (code !== undefined && !(code in into.cells)) into.cells[code] = element.text;
    else into.others.push({ name: element.name, text: element.text });
  }
};

/** Every value of the file, each either in a cell, in a row of a table, or among the others. */
export const readReport = (root: XmlElement, definition: Definition): ReportReading => {
  const draft: Draft = { cells: {}, tables: {}, others: [] };
  readElement(root, definition, draft);
  return draft;
};
