import { ActionIcon } from '@mantine/core';
import type { Table } from '@sochi/forms-engine';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { memo } from 'react';
import { useWords } from '#i18n/words.ts';
import { placeKey } from '../draft/place.ts';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { CellField } from '../fields/CellField.tsx';
import { CellMessages } from '../findings/CellMessages.tsx';
import { editorWords } from '../words.ts';
import { useRowActions } from './use-row-actions.ts';

/** One row of a table the company adds rows to; its findings stand below it. */
export const TableRow = memo(({ table, row }: { table: Table; row: number }) => {
  const say = useWords(editorWords);
  const { labels } = useEditor();
  const { remove } = useRowActions(table);
  const name = say('row', { row: row + 1 });
  const columns = table.columns.map((column) => ({
    column,
    label: labels[column.label] ?? column.code,
    stop: placeKey({ table: table.code, row, column: column.code }),
  }));
  return (
    <tbody role="rowgroup" className={classes.line}>
      <tr role="row">
        <th role="rowheader" scope="row" data-column="number">
          <span className={classes.cardLabel}>{say('rows.number')} </span>
          {row + 1}
        </th>
        {columns.map(({ column, label, stop }) => (
          <td key={column.code} role="cell" data-kind={column.kind}>
            <span className={classes.cardLabel} aria-hidden>
              {label}
            </span>
            <CellField stop={stop} cell={column} name={`${labels[table.label] ?? ''}, ${name}. ${label}`} />
          </td>
        ))}
        <td role="cell" data-column="action">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            data-row-action={`${table.code}/${row}`}
            aria-label={say('rows.delete', { row: row + 1 })}
            onClick={() => remove(row)}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </td>
      </tr>
      <tr role="row" className={classes.messageRow}>
        <td role="cell" colSpan={table.columns.length + 2}>
          {columns.map(({ stop }) => (
            <CellMessages key={stop} stop={stop} />
          ))}
        </td>
      </tr>
    </tbody>
  );
});
TableRow.displayName = 'TableRow';
