import type { Cell } from '@sochi/forms-engine';
import { memo } from 'react';
import { useWords } from '#i18n/words.ts';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { CellField } from '../fields/CellField.tsx';
import { CellMessages } from '../findings/CellMessages.tsx';
import { editorWords } from '../words.ts';
import type { Run } from './runs.ts';

type LinesRun = Extract<Run, { of: 'lines' }>;
type Item = LinesRun['items'][number];

const COLUMNS = ['base', 'rate', 'tax'] as const;
type LineColumn = (typeof COLUMNS)[number];

const useColumnLabel = (): ((column: LineColumn) => string) => {
  const say = useWords(editorWords);
  const { labels } = useEditor();
  return (column) => labels[`column.${column}`] ?? say(`column.${column}`);
};

const LineCell = ({ cell, column, line }: { cell: Cell | undefined; column: LineColumn; line: string }) => {
  const label = useColumnLabel()(column);
  return (
    <td role="cell" data-column={column}>
      <span className={classes.cardLabel} aria-hidden>
        {label}
      </span>
      {cell && <CellField stop={cell.code} cell={cell} name={`${line}. ${label} (${cell.code})`} withCode />}
    </td>
  );
};

const Messages = ({ codes }: { codes: readonly string[] }) => (
  <tr role="row" className={classes.messageRow}>
    <td role="cell" colSpan={4}>
      {codes.map((code) => (
        <CellMessages key={code} stop={code} code={code} />
      ))}
    </td>
  </tr>
);

const Line = memo(({ item }: { item: Exclude<Item, { item: 'heading' }> }) => {
  const { compiled, labels } = useEditor();
  const label = labels[item.label] ?? '';
  const codes = item.item === 'line' ? COLUMNS.map((column) => item[column]) : [item.cell];
  return (
    <tbody role="rowgroup" className={item.item === 'line' ? classes.line : classes.subtotal}>
      <tr role="row">
        <th role="rowheader" scope="row" colSpan={item.item === 'line' ? 1 : 3}>
          {label}
        </th>
        {item.item === 'line' ? (
          COLUMNS.map((column) => (
            <LineCell key={column} cell={compiled.cells.get(item[column])} column={column} line={label} />
          ))
        ) : (
          <LineCell cell={compiled.cells.get(item.cell)} column="tax" line={label} />
        )}
      </tr>
      <Messages codes={codes} />
    </tbody>
  );
});
Line.displayName = 'Line';

/** The sheet of lines base, rate, tax with its subtotals; on a narrow screen each line is a card. */
export const LinesTable = memo(({ run }: { run: LinesRun }) => {
  const say = useWords(editorWords);
  const { labels } = useEditor();
  const columnLabel = useColumnLabel();
  return (
    <table role="table" className={classes.lines}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader">{say('line.activity')}</th>
          {COLUMNS.map((column) => (
            <th key={column} role="columnheader" data-column={column}>
              {columnLabel(column)}
            </th>
          ))}
        </tr>
      </thead>
      {run.items.map((item) =>
        item.item === 'heading' ? (
          <tbody key={item.label} role="rowgroup">
            <tr role="row">
              <th role="rowheader" colSpan={4} className={classes.heading}>
                {labels[item.label]}
              </th>
            </tr>
          </tbody>
        ) : (
          <Line key={item.item === 'line' ? item.code : item.cell} item={item} />
        ),
      )}
    </table>
  );
});
LinesTable.displayName = 'LinesTable';
