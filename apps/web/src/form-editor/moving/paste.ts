import type { FormDefinition } from '@sochi/forms-engine';
import type { Change } from '../draft/draft-store.ts';
import { placeKey, placeOf } from '../draft/place.ts';
import { addRowStop, blocksOf, locate, type Block } from './stops.ts';

/** Values of a spreadsheet as rows of columns; undefined for a single value, which pastes as usual. */
export const readGrid = (text: string): string[][] | undefined => {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n');
  const grid = lines.map((line) => line.split('\t').map((value) => value.trim()));
  return grid.length > 1 || (grid[0]?.length ?? 0) > 1 ? grid : undefined;
};

/** What a paste does: rows to add first, then texts to type; `left` values had no place. */
export interface Filling {
  readonly rows: { readonly table: string; readonly count: number } | undefined;
  readonly changes: readonly Change[];
  readonly left: number;
}

const missingRows = (block: Block, needed: number, definition: FormDefinition): Filling['rows'] => {
  if (block.table === undefined) return undefined;
  // The last stop of a column is the button that adds rows.
  const present = (block.columns[0]?.length ?? 1) - 1;
  const most = definition.tables.find(({ code }) => code === block.table)?.maxRows ?? present;
  const count = Math.min(needed, most) - present;
  return count > 0 ? { table: block.table, count } : undefined;
};

/** Lays a grid over the stops from `start` downwards and to the right; tables grow as far as the form allows. */
export const fillFrom = (
  start: string,
  grid: readonly (readonly string[])[],
  form: { readonly definition: FormDefinition; readonly rowCount: (table: string) => number },
): Filling => {
  const before = blocksOf(form.definition, form.rowCount);
  const here = locate(before, start);
  const block = here && before[here.block];
  if (!here || !block) return { rows: undefined, changes: [], left: grid.flat().length };
  const rows = missingRows(block, here.index + grid.length, form.definition);
  const after = blocksOf(
    form.definition,
    (table) => form.rowCount(table) + (rows?.table === table ? rows.count : 0),
  );
  const columns = after[here.block]?.columns ?? [];
  const button = block.table === undefined ? undefined : addRowStop(block.table);
  const changes: Change[] = [];
  let left = 0;
  for (const [down, line] of grid.entries())
    for (const [right, text] of line.entries()) {
      const stop = columns[here.column + right]?.[here.index + down];
      if (stop !== undefined && stop !== button) changes.push({ place: placeOf(stop), text });
      else if (text !== '') left += 1;
    }
  return { rows, changes, left };
};

/** What stood at the places of these changes, to put it back. */
export const undoOf = (changes: readonly Change[], typed: (key: string) => string): Change[] =>
  changes.map(({ place }) => ({ place, text: typed(placeKey(place)) }));
