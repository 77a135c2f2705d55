import type { CompiledForm, FormLabels } from '@sochi/forms-engine';
import type { Place } from '../draft/place.ts';

/** The name of a place in a list: the code of a cell, or table, row and column in words. */
export const placeName = (
  place: Place,
  { compiled, labels }: { compiled: CompiledForm; labels: FormLabels },
  rowName: (row: number) => string,
): string => {
  if ('cell' in place) return place.cell;
  const table = compiled.tables.get(place.table);
  const column = table?.columns.find(({ code }) => code === place.column);
  const words = (label: string | undefined, code: string): string => (label && labels[label]) || code;
  return [words(table?.label, place.table), rowName(place.row + 1), words(column?.label, place.column)].join(
    ', ',
  );
};
