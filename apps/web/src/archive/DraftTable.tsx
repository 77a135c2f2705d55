import { Button } from '@mantine/core';
import type { Filing } from '@sochi/contract';
import { useState, type ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { formatMinute } from '#i18n/formats.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { ColumnTable, type Column } from '#tables/ColumnTable.tsx';
import { DiscardModal } from './DiscardModal.tsx';
import styles from './archive.module.css';
import { archiveWords } from './words.ts';

const DraftActions = ({ draft, onDiscard }: { draft: Filing; onDiscard: () => void }): ReactNode => {
  const say = useWords(archiveWords);
  return (
    <div className={styles['actions']}>
      <LinkButton to="/filings/$id/edit" params={{ id: draft.id }} size="xs">
        {say('continue')}
      </LinkButton>
      {draft.actions.includes('discard') && (
        <Button size="xs" variant="default" onClick={onDiscard}>
          {say('discard')}
        </Button>
      )}
    </div>
  );
};

const useColumns = (onDiscard: (draft: Filing) => void): Column<Filing>[] => {
  const say = useWords(archiveWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  return [
    { name: say('number'), cell: ({ number }) => number },
    { name: say('form'), cell: ({ formId }) => formName(formId) },
    { name: say('period'), cell: ({ period }) => periodName(period) },
    {
      name: say('changedAt'),
      cell: ({ updatedAt }) => <time dateTime={updatedAt}>{formatMinute(updatedAt)}</time>,
    },
    {
      name: say('actions'),
      cell: (draft) => <DraftActions draft={draft} onDiscard={() => onDiscard(draft)} />,
    },
  ];
};

/** Drafts, each to go on with or to throw away. */
export const DraftTable = ({ drafts }: { drafts: readonly Filing[] }): ReactNode => {
  const [discarding, setDiscarding] = useState<Filing>();
  return (
    <>
      <ColumnTable columns={useColumns(setDiscarding)} rows={drafts} />
      {discarding && <DiscardModal draft={discarding} onClose={() => setDiscarding(undefined)} />}
    </>
  );
};
