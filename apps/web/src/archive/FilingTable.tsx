import type { Filing } from '@sochi/contract';
import type { ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { CheckStatus, DeliveryStatus } from '#filing/Status.tsx';
import { statusWords } from '#filing/status-words.ts';
import { formatMinute } from '#i18n/formats.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { ColumnTable, FilingRowLink, type Column } from '#tables/ColumnTable.tsx';
import { archiveWords } from './words.ts';

/** When the filing left its makers: the postmark, or what was done last while signatures are missing. */
const sentAt = ({ postmarkedAt, updatedAt }: Filing): string => postmarkedAt ?? updatedAt;

const useColumns = (): Column<Filing>[] => {
  const say = useWords(archiveWords);
  const sayStatus = useWords(statusWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  return [
    {
      name: say('number'),
      cell: ({ id, number }) => <FilingRowLink id={id}>{number}</FilingRowLink>,
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

/** Sent filings with both statuses; a row leads to its filing. */
export const FilingTable = ({ filings }: { filings: readonly Filing[] }): ReactNode => (
  <ColumnTable columns={useColumns()} rows={filings} />
);
