import { Button } from '@mantine/core';
import type { Filing } from '@sochi/contract';
import { useState, type ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { formatMinute } from '#i18n/formats.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { DiscardModal } from './DiscardModal.tsx';
import styles from './archive.module.css';
import { archiveWords } from './words.ts';

const COLUMNS = ['number', 'form', 'period', 'changedAt', 'actions'] as const;

const DraftRow = ({ draft, onDiscard }: { draft: Filing; onDiscard: () => void }): ReactNode => {
  const say = useWords(archiveWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  return (
    <tr>
      <td data-label={say('number')}>{draft.number}</td>
      <td data-label={say('form')}>{formName(draft.formId)}</td>
      <td data-label={say('period')}>{periodName(draft.period)}</td>
      <td data-label={say('changedAt')}>
        <time dateTime={draft.updatedAt}>{formatMinute(draft.updatedAt)}</time>
      </td>
      <td data-label={say('actions')}>
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
      </td>
    </tr>
  );
};

/** Drafts, each to go on with or to throw away. */
export const DraftTable = ({ drafts }: { drafts: readonly Filing[] }): ReactNode => {
  const say = useWords(archiveWords);
  const [discarding, setDiscarding] = useState<Filing>();
  return (
    <>
      <table className={styles['table']}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {say(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drafts.map((draft) => (
            <DraftRow key={draft.id} draft={draft} onDiscard={() => setDiscarding(draft)} />
          ))}
        </tbody>
      </table>
      {discarding && <DiscardModal draft={discarding} onClose={() => setDiscarding(undefined)} />}
    </>
  );
};
