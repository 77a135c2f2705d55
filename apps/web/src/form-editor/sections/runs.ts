import type { Section, SectionItem } from '@sochi/forms-engine';

type Item<Kind extends SectionItem['item']> = Extract<SectionItem, { readonly item: Kind }>;

/** What stands together on the paper: cells one under another, a sheet of lines with subtotals, a table of rows. */
export type Run =
  | { readonly of: 'cells'; readonly items: readonly (Item<'cell'> | Item<'heading'> | Item<'subtotal'>)[] }
  | { readonly of: 'lines'; readonly items: readonly (Item<'line'> | Item<'heading'> | Item<'subtotal'>)[] }
  | { readonly of: 'table'; readonly table: string };

const joined = (last: Run | undefined, item: SectionItem): Run | undefined => {
  if (item.item === 'table' || last === undefined || last.of === 'table') return undefined;
  if (last.of === 'lines' && item.item !== 'cell') return { of: 'lines', items: [...last.items, item] };
  if (last.of === 'cells' && item.item !== 'line') return { of: 'cells', items: [...last.items, item] };
  return undefined;
};

const opened = (item: SectionItem): Run => {
  if (item.item === 'table') return { of: 'table', table: item.table };
  if (item.item === 'cell' || item.item === 'subtotal') return { of: 'cells', items: [item] };
  return { of: 'lines', items: [item] };
};

/** The items of a section, gathered; a heading opens lines unless it stands among cells. */
export const runsOf = ({ items }: Pick<Section, 'items'>): Run[] => {
  const runs: Run[] = [];
  for (const item of items) {
    const longer = joined(runs.at(-1), item);
    if (longer) runs[runs.length - 1] = longer;
    else runs.push(opened(item));
  }
  return runs;
};
