import type { FindingPlace } from '@sochi/forms-engine';

/** Where a value stands on the form: a cell, or a row and column of a table. */
export type Place = FindingPlace;

/** One text per place: `050`, `ADV_CUR/0/amount`. Codes hold no slash. */
export const placeKey = (place: Place): string =>
  'cell' in place ? place.cell : `${place.table}/${place.row}/${place.column}`;

/** The place of a key made by `placeKey`. */
export const placeOf = (key: string): Place => {
  const [first = '', row, column] = key.split('/');
  return row === undefined || column === undefined
    ? { cell: first }
    : { table: first, row: Number(row), column };
};
