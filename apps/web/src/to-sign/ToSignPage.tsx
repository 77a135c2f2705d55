import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import type { Filing } from '@sochi/contract';
import type { ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { useFilingPages } from '#archive/use-filing-pages.ts';
import { formatMinute } from '#i18n/formats.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { EmptyState } from '#states/EmptyState.tsx';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import styles from './to-sign.module.css';
import { signingWords } from './words.ts';

const Waiting = ({ filing }: { filing: Filing }): ReactNode => {
  const say = useWords(signingWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  const maker = filing.signatures[0];
  return (
    <Paper component="article" withBorder p="md" className={styles['waiting']}>
      <div>
        <Title order={2}>
          {formName(filing.formId)}, {periodName(filing.period)}
        </Title>
        <Text c="dimmed">
          № {filing.number}
          {maker && ` · ${say('from', { name: maker.fullName, moment: formatMinute(maker.signedAt) })}`}
        </Text>
      </div>
      <LinkButton to="/filings/$id/review" params={{ id: filing.id }}>
        {say('show')}
      </LinkButton>
    </Paper>
  );
};

const Waitings = (): ReactNode => {
  const say = useWords(signingWords);
  const { filings, error, retry, hasMore, isLoadingMore, loadMore } = useFilingPages('to_sign');
  if (!filings) return error ? <ProblemAlert error={error} onRetry={retry} /> : <LoadingState />;
  if (filings.length === 0)
    return (
      <EmptyState title={say('empty')} detail={say('emptyDetail')}>
        <LinkButton to="/archive" mt="sm" variant="default">
          {say('toArchive')}
        </LinkButton>
      </EmptyState>
    );
  return (
    <>
      {filings.map((filing) => (
        <Waiting key={filing.id} filing={filing} />
      ))}
      {hasMore && (
        <Button variant="default" loading={isLoadingMore} onClick={loadMore} style={{ alignSelf: 'center' }}>
          {say('more')}
        </Button>
      )}
    </>
  );
};

/** Reports that wait for my signature. */
export const ToSignPage = (): ReactNode => {
  const say = useWords(signingWords);
  usePageTitle(say('title'));
  return (
    <Stack>
      <Title order={1}>{say('title')}</Title>
      <Waitings />
    </Stack>
  );
};
