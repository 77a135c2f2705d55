import { Paper, Text, Title } from '@mantine/core';
import type { FormModule } from '@sochi/forms';
import type { ReactNode } from 'react';
import { useLanguage } from '#i18n/language.tsx';
import { useWords } from '#i18n/words.ts';
import { CellTable } from './CellTable.tsx';
import { LineTable } from './LineTable.tsx';
import { OtherTable } from './OtherTable.tsx';
import { RowTable } from './RowTable.tsx';
import { itemRuns, type ItemRun } from './item-runs.ts';
import type { ReportReading } from './read-report.ts';
import { signingWords } from './words.ts';

type Props = { form: FormModule; reading: ReportReading };

const Run = ({ run, form, reading }: Props & { run: ItemRun }): ReactNode => {
  const { language } = useLanguage();
  const labels = form.labels[language];
  switch (run.kind) {
    case 'lines':
      return <LineTable items={run.items} labels={labels} cells={reading.cells} />;
    case 'cells':
      return <CellTable codes={run.codes} form={form} cells={reading.cells} />;
    case 'table':
      return <RowTable code={run.code} form={form} rows={reading.tables[run.code] ?? []} />;
    case 'heading':
      return <Text fw={600}>{labels[run.label]}</Text>;
  }
};

/** The content of a report's file with the captions of its form; every value stands exactly as in the file. */
export const ReportView = ({ form, reading }: Props): ReactNode => {
  const say = useWords(signingWords);
  const { language } = useLanguage();
  return (
    <>
      {form.definition.sections.map((section) => (
        <Paper key={section.code} component="section" withBorder p="md">
          <Title order={2} mb="sm">
            {form.labels[language][section.label]}
          </Title>
          {itemRuns(section.items).map((run, index) => (
            <Run key={index} run={run} form={form} reading={reading} />
          ))}
        </Paper>
      ))}
      {reading.others.length > 0 && (
        <Paper component="section" withBorder p="md">
          <Title order={2} mb="sm">
            {say('otherData')}
          </Title>
          <OtherTable others={reading.others} />
        </Paper>
      )}
    </>
  );
};
