import { isTyped } from '@sochi/forms-engine';
import type { Column, FormDefinition, SectionItem } from '@sochi/forms-engine';
import { placeKey } from '../draft/place.ts';
import { runsOf } from '../sections/runs.ts';

/**
 * The way through the form by Enter and the arrows. A block is what stands together on the paper (cells of a section, the
 * lines of a table of lines, a table of rows) as columns of stops from top to bottom. Down goes to the next stop of the
 * column and from its end to the next block, the way one fills a sheet.
 */
export type Block = {
  /** The table whose rows these are; absent for fixed cells. */
  readonly table?: string;
  readonly columns: readonly (readonly string[])[];
};

export type Direction = 'down' | 'up';

/** The stop of the button that adds a row to a table. */
export const addRowStop = (table: string): string => `+${table}`;

type TypedCells = ReadonlyMap<string, boolean>;

const fixedColumns = (items: readonly SectionItem[], typed: TypedCells): string[][] => {
  const columns: string[][] = [[], [], []];
  for (const item of items) {
    const codes =
      item.item === 'line' ? [item.base, item.rate, item.tax] : item.item === 'cell' ? [item.cell] : [];
    for (const [index, code] of codes.entries()) if (typed.get(code)) columns[index]?.push(code);
  }
  return columns.filter((column) => column.length > 0);
};

const rowColumns = (table: string, columns: readonly Column[], count: number): string[][] => {
  const stops = columns
    .filter(isTyped)
    .map(({ code }) => Array.from({ length: count }, (_, row) => placeKey({ table, row, column: code })));
  return stops.map((column) => [...column, addRowStop(table)]);
};

/** The blocks of a form in reading order; `rowCount` tells how many rows a table has now. */
export const blocksOf = (definition: FormDefinition, rowCount: (table: string) => number): Block[] => {
  const typed: TypedCells = new Map(definition.cells.map((cell) => [cell.code, isTyped(cell)]));
  return definition.sections
    .flatMap(runsOf)
    .map((run): Block => {
      if (run.of !== 'table') return { columns: fixedColumns(run.items, typed) };
      const columns = definition.tables.find(({ code }) => code === run.table)?.columns ?? [];
      return { table: run.table, columns: rowColumns(run.table, columns, rowCount(run.table)) };
    })
    .filter(({ columns }) => columns.length > 0);
};

/** Where a stop is: block, column, position from the top; undefined where it is none. */
export const locate = (
  blocks: readonly Block[],
  stop: string,
): { block: number; column: number; index: number } | undefined => {
  for (const [block, { columns }] of blocks.entries())
    for (const [column, stops] of columns.entries()) {
      const index = stops.indexOf(stop);
      if (index >= 0) return { block, column, index };
    }
  return undefined;
};

/** The stop after (or before) this one; undefined at the end (or start) of the form. */
export const nextStop = (
  blocks: readonly Block[],
  stop: string,
  direction: Direction,
): string | undefined => {
  const here = locate(blocks, stop);
  if (!here) return undefined;
  const step = direction === 'down' ? 1 : -1;
  const column = blocks[here.block]?.columns[here.column] ?? [];
  const inColumn = here.index + step;
  if (inColumn >= 0 && inColumn < column.length) return column[inColumn];
  return blocks[here.block + step]?.columns[0]?.at(direction === 'down' ? 0 : -1);
};
