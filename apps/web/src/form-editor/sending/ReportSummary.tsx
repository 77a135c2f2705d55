import type { Cell } from '@sochi/forms-engine';
import { useMemo } from 'react';
import classes from '../editor.module.css';
import { useCell, useEditor } from '../editor-context.ts';
import { groupDigits } from '#i18n/formats.ts';
import { summaryCells } from './summary-cells.ts';

const SummaryLine = ({ cell }: { cell: Cell }) => {
  const { labels } = useEditor();
  const { value } = useCell(cell.code);
  return (
    <div className={classes.summaryLine}>
      <dt>
        <span className={classes.code}>{cell.code}</span> {labels[cell.label]}
      </dt>
      <dd>{value.ok ? groupDigits(value.text) : '—'}</dd>
    </div>
  );
};

/** The results of the report, as its form computes them. */
export const ReportSummary = () => {
  const { compiled } = useEditor();
  const cells = useMemo(() => summaryCells(compiled.definition), [compiled]);
  return (
    <dl className={classes.summary}>
      {cells.map((cell) => (
        <SummaryLine key={cell.code} cell={cell} />
      ))}
    </dl>
  );
};
