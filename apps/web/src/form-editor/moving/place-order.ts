import type { FormDefinition } from '@sochi/forms-engine';
import { placeKey } from '../draft/place.ts';

/** Every place of the form as it is read, computed ones too; `rowCount` tells how many rows a table has now. */
export const placeOrder = (definition: FormDefinition, rowCount: (table: string) => number): string[] =>
  definition.sections
    .flatMap((section) => section.items)
    .flatMap((item) => {
      if (item.item === 'heading') return [];
      if (item.item === 'line') return [item.base, item.rate, item.tax];
      if (item.item !== 'table') return [item.cell];
      const columns = definition.tables.find(({ code }) => code === item.table)?.columns ?? [];
      return Array.from({ length: rowCount(item.table) }, (_, row) =>
        columns.map(({ code }) => placeKey({ table: item.table, row, column: code })),
      ).flat();
    });
