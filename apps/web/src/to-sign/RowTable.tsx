import { Text, Title } from '@mantine/core';
import type { FormModule } from '@sochi/forms';
import type { ReactNode } from 'react';
import { useLanguage } from '#i18n/language.tsx';
import { useWords } from '#i18n/words.ts';
import type { ReportRow } from './read-report.ts';
import styles from './report.module.css';
import { signingWords } from './words.ts';

type Props = { code: string; form: FormModule; rows: readonly ReportRow[] };

/** A table whose rows the company added. */
export const RowTable = ({ code, form, rows }: Props): ReactNode => {
  const say = useWords(signingWords);
  const { language } = useLanguage();
  const labels = form.labels[language];
  const table = form.definition.tables.find((one) => one.code === code);
  if (!table) return null;
  const isNumber = (kind: string): boolean => kind === 'money' || kind === 'rate';
  return (
    <div className={styles['scroll']}>
      <Title order={3}>{labels[table.label]}</Title>
      {rows.length === 0 && <Text c="dimmed">{say('noRows')}</Text>}
      {rows.length > 0 && (
        <table className={styles['rows']}>
          <thead>
            <tr>
              <th scope="col">{say('row')}</th>
              {table.columns.map((column) => (
                <th key={column.code} scope="col" data-number={isNumber(column.kind)}>
                  {labels[column.label]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                <td>{row.number}</td>
                {table.columns.map((column) => (
                  <td key={column.code} data-number={isNumber(column.kind)}>
                    {row.columns[column.code]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
};
