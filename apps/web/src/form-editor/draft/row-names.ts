/** Names of the rows of tables that stay with their rows while others come and go, so that the screen keeps its inputs. */
export interface RowNames {
  /** The same list object as long as no row came or went. */
  readonly of: (table: string) => readonly number[];
  readonly insert: (table: string, at: number) => void;
  readonly remove: (table: string, at: number) => void;
  /** Names every row anew. */
  readonly forget: () => void;
}

/** Names rows; `rowCount` tells how many there are when a table is first asked for. */
export const nameRows = (rowCount: (table: string) => number): RowNames => {
  const names = new Map<string, readonly number[]>();
  let last = 0;
  const fresh = (): number => (last += 1);
  const of = (table: string): readonly number[] => {
    const known = names.get(table) ?? Array.from({ length: rowCount(table) }, fresh);
    names.set(table, known);
    return known;
  };
  return {
    of,
    insert: (table, at) => void names.set(table, of(table).toSpliced(at, 0, fresh())),
    remove: (table, at) => void names.set(table, of(table).toSpliced(at, 1)),
    forget: () => names.clear(),
  };
};
