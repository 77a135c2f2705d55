import type { Cell, Column } from '@sochi/forms-engine';
import { memo } from 'react';
import classes from '../editor.module.css';
import { useCell } from '../editor-context.ts';
import { FIELD_RENDERERS } from './renderers.ts';

type Props = {
  readonly stop: string;
  readonly cell: Cell | Column;
  readonly name: string;
  /** Shows the printed code beside the field. */
  readonly withCode?: boolean;
};

/** One cell of the form: its code and its field. */
export const CellField = memo(({ stop, cell, name, withCode = false }: Props) => {
  const state = useCell(stop);
  const Field = FIELD_RENDERERS[cell.kind];
  return (
    <div className={classes.field}>
      {withCode && (
        <span className={classes.code} aria-hidden>
          {cell.code}
        </span>
      )}
      <Field stop={stop} cell={cell} state={state} name={name} />
    </div>
  );
});
CellField.displayName = 'CellField';
