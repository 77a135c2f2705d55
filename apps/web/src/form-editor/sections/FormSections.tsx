import { memo, useMemo } from 'react';
import classes from '../editor.module.css';
import { useEditor } from '../editor-context.ts';
import { CellList } from './CellList.tsx';
import { LinesTable } from './LinesTable.tsx';
import { RowsTable } from './RowsTable.tsx';
import { runsOf, type Run } from './runs.ts';

const RunView = ({ run }: { run: Run }) => {
  const { compiled } = useEditor();
  if (run.of === 'cells') return <CellList run={run} />;
  if (run.of === 'lines') return <LinesTable run={run} />;
  const table = compiled.tables.get(run.table);
  return table ? <RowsTable table={table} /> : null;
};

/** Every section of the form as its definition says, whatever form it is. */
export const FormSections = memo(() => {
  const { compiled, labels } = useEditor();
  const sections = useMemo(
    () =>
      compiled.definition.sections.map(({ code, label, items }) => ({
        code,
        label,
        runs: runsOf({ items }),
      })),
    [compiled],
  );
  return sections.map(({ code, label, runs }) => (
    <section key={code} className={classes.section} aria-labelledby={`section-${code}`}>
      <h2 id={`section-${code}`}>{labels[label]}</h2>
      {runs.map((run, index) => (
        // The runs of a section never change their order.
        <RunView key={index} run={run} />
      ))}
    </section>
  ));
});
FormSections.displayName = 'FormSections';
