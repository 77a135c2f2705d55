import type { Filing } from '@sochi/contract';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { CheckStatus, DeliveryStatus } from '#filing/Status.tsx';
import { statusWords } from '#filing/status-words.ts';
import { formatMinute } from '#i18n/formats.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import styles from './archive.module.css';
import { archiveWords } from './words.ts';

/** When the filing left its makers: the postmark, or what was done last while signatures are missing. */
const sentAt = ({ postmarkedAt, updatedAt }: Filing): string => postmarkedAt ?? updatedAt;

const useColumns = (): { name: string; cell: (filing: Filing) => ReactNode }[] => {
  const say = useWords(archiveWords);
  const sayStatus = useWords(statusWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  return [
    {
      name: say('number'),
      cell: ({ id, number }) => (
        <Link to="/filings/$id" params={{ id }} className={styles['whole']}>
          {number}
        </Link>
      ),
    },
    { name: say('form'), cell: ({ formId }) => formName(formId) },
    { name: say('period'), cell: ({ period }) => periodName(period) },
    {
      name: say('sentAt'),
      cell: (filing) => <time dateTime={sentAt(filing)}>{formatMinute(sentAt(filing))}</time>,
    },
    { name: sayStatus('deliveryStatus'), cell: ({ delivery }) => <DeliveryStatus delivery={delivery} /> },
    { name: sayStatus('checkStatus'), cell: ({ check }) => <CheckStatus check={check} /> },
  ];
};

/** Sent filings with both statuses; a row leads to its filing. On a narrow screen each row is a card. */
export const FilingTable = ({ filings }: { filings: readonly Filing[] }): ReactNode => {
  const columns = useColumns();
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {filings.map((filing) => (
          <tr key={filing.id}>
            {columns.map(({ name, cell }) => (
              <td key={name} data-label={name}>
                {cell(filing)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
