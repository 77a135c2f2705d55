import { Button, VisuallyHidden } from '@mantine/core';
import type { Table } from '@sochi/forms-engine';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { memo, useId } from 'react';
import { useWords } from '#i18n/words.ts';
import classes from '../editor.module.css';
import { useEditor, useRowIds } from '../editor-context.ts';
import { addRowStop } from '../moving/stops.ts';
import { editorWords } from '../words.ts';
import { TableRow } from './TableRow.tsx';
import { useRowActions } from './use-row-actions.ts';

const Head = ({ table }: { table: Table }) => {
  const say = useWords(editorWords);
  const { labels } = useEditor();
  return (
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" data-column="number">
          {say('rows.number')}
        </th>
        {table.columns.map((column) => (
          <th key={column.code} role="columnheader" data-kind={column.kind}>
            {labels[column.label]}
          </th>
        ))}
        <th role="columnheader" data-column="action">
          <VisuallyHidden>{say('rows.action')}</VisuallyHidden>
        </th>
      </tr>
    </thead>
  );
};

const Foot = ({ table, count, label }: { table: Table; count: number; label: string }) => {
  const say = useWords(editorWords);
  const { add } = useRowActions(table);
  if (count >= table.maxRows)
    return <p className={classes.quiet}>{say('rows.full', { limit: table.maxRows })}</p>;
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconPlus size={16} aria-hidden />}
      data-stop={addRowStop(table.code)}
      aria-label={say('rows.add.to', { table: label })}
      onClick={add}
    >
      {say('rows.add')}
    </Button>
  );
};

/** A table to which the company adds rows. */
export const RowsTable = memo(({ table }: { table: Table }) => {
  const say = useWords(editorWords);
  const { labels } = useEditor();
  const rowIds = useRowIds(table.code);
  const titleId = useId();
  const label = labels[table.label] ?? table.code;
  return (
    <div className={classes.rowsBlock}>
      <h3 id={titleId}>{label}</h3>
      {rowIds.length === 0 ? (
        <p className={classes.quiet}>{say('rows.none')}</p>
      ) : (
        <table role="table" aria-labelledby={titleId} className={classes.rows}>
          <Head table={table} />
          {rowIds.map((id, row) => (
            <TableRow key={id} table={table} row={row} />
          ))}
        </table>
      )}
      <Foot table={table} count={rowIds.length} label={label} />
    </div>
  );
});
RowsTable.displayName = 'RowsTable';
