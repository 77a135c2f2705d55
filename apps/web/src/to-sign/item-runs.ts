import type { FormModule } from '@sochi/forms';

type Item = FormModule['definition']['sections'][number]['items'][number];
export type LineItem = Extract<Item, { item: 'line' | 'subtotal' }>;

/** Neighbouring entries of a section that share one table on the screen. */
export type ItemRun =
  | { readonly kind: 'lines'; readonly items: readonly LineItem[] }
  | { readonly kind: 'cells'; readonly codes: readonly string[] }
  | { readonly kind: 'table'; readonly code: string }
  | { readonly kind: 'heading'; readonly label: string };

const runOf = (item: Item): ItemRun => {
  switch (item.item) {
    case 'line':
    case 'subtotal':
      return { kind: 'lines', items: [item] };
    case 'cell':
      return { kind: 'cells', codes: [item.cell] };
    case 'table':
      return { kind: 'table', code: item.table };
    case 'heading':
      return { kind: 'heading', label: item.label };
  }
};

const joined = (left: ItemRun | undefined, right: ItemRun): ItemRun | undefined => {
  if (left?.kind === 'lines' && right.kind === 'lines')
    return { kind: 'lines', items: [...left.items, ...right.items] };
  if (left?.kind === 'cells' && right.kind === 'cells')
    return { kind: 'cells', codes: [...left.codes, ...right.codes] };
  return undefined;
};

/** The entries of a section in their order, neighbours of a kind together. */
export const itemRuns = (items: readonly Item[]): ItemRun[] => {
  const runs: ItemRun[] = [];
  for (const run of items.map(runOf)) {
    const together = joined(runs.at(-1), run);
    if (together) runs[runs.length - 1] = together;
    else runs.push(run);
  }
  return runs;
};
