import type { FormLabels } from '@sochi/forms';
import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import type { LineItem } from './item-runs.ts';
import styles from './report.module.css';
import { signingWords } from './words.ts';

type Props = { items: readonly LineItem[]; labels: FormLabels; cells: Readonly<Record<string, string>> };

const Value = ({
  code,
  label,
  text,
}: {
  code: string;
  label: string;
  text: string | undefined;
}): ReactNode => (
  <td className={styles['number']} data-label={label}>
    <small>{code}</small>
    <span>{text}</span>
  </td>
);

/** Lines of base, rate and tax, with the subtotals between them; lines of zeros step back. */
export const LineTable = ({ items, labels, cells }: Props): ReactNode => {
  const say = useWords(signingWords);
  const [base = '', rate = '', tax = ''] = [
    labels['column.base'],
    labels['column.rate'],
    labels['column.tax'],
  ];
  return (
    <table className={styles['report']}>
      <thead>
        <tr>
          <th scope="col">{say('cell')}</th>
          <th scope="col">{base}</th>
          <th scope="col">{rate}</th>
          <th scope="col">{tax}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) =>
          item.item === 'line' ? (
            <tr key={item.code} data-quiet={cells[item.base] === '0' && cells[item.tax] === '0'}>
              <th scope="row">{labels[item.label]}</th>
              <Value code={item.base} label={base} text={cells[item.base]} />
              <Value code={item.rate} label={rate} text={cells[item.rate]} />
              <Value code={item.tax} label={tax} text={cells[item.tax]} />
            </tr>
          ) : (
            <tr key={item.cell} data-total="true">
              <th scope="row" colSpan={3}>
                {labels[item.label]}
              </th>
              <Value code={item.cell} label={tax} text={cells[item.cell]} />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
};
