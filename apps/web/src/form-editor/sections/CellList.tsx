import type { Cell } from '@sochi/forms-engine';
import { memo } from 'react';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { CellField } from '../fields/CellField.tsx';
import { CellMessages } from '../findings/CellMessages.tsx';
import type { Run } from './runs.ts';

const isNumber = ({ kind }: Cell): boolean => kind === 'money' || kind === 'rate';

const ListedCell = ({ cell, label }: { cell: Cell; label: string }) => (
  <div className={classes.listed} data-numeric={isNumber(cell)}>
    <span className={classes.caption} aria-hidden>
      {label}
    </span>
    <CellField stop={cell.code} cell={cell} name={`${label} (${cell.code})`} withCode />
    <CellMessages stop={cell.code} />
  </div>
);

/** Cells one under another, each with its caption: the head of a form, its totals. */
export const CellList = memo(({ run }: { run: Extract<Run, { of: 'cells' }> }) => {
  const { compiled, labels } = useEditor();
  return (
    <div className={classes.list}>
      {run.items.map((item) => {
        if (item.item === 'heading') return <h3 key={item.label}>{labels[item.label]}</h3>;
        const cell = compiled.cells.get(item.cell);
        if (!cell) return null;
        const label = labels[item.item === 'subtotal' ? item.label : cell.label] ?? cell.code;
        return <ListedCell key={item.cell} cell={cell} label={label} />;
      })}
    </div>
  );
});
CellList.displayName = 'CellList';
