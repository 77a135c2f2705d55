import { Group, Paper, Stack, Title } from '@mantine/core';
import type { FilingDetail } from '@sochi/contract';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SentNotice } from '#form-editor/sending/SentNotice.tsx';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import { Downloads } from './Downloads.tsx';
import { Facts } from './Facts.tsx';
import { History } from './History.tsx';
import { Moments } from './Moments.tsx';
import { Rejection } from './Rejection.tsx';
import { Signatures } from './Signatures.tsx';
import styles from './filing.module.css';
import { useFiling } from './filing-query.ts';
import { filingWords } from './words.ts';

const route = getRouteApi('/portal/filings/$id');

/** What the officer may do next with it: the server's own list of actions decides. */
const NextStep = ({ filing }: { filing: FilingDetail }): ReactNode => {
  const say = useWords(filingWords);
  const params = { id: filing.id };
  if (filing.actions.includes('edit'))
    return (
      <LinkButton to="/filings/$id/edit" params={params}>
        {say('edit')}
      </LinkButton>
    );
  if (filing.actions.includes('sign'))
    return (
      <LinkButton to="/filings/$id/review" params={params}>
        {say('reviewAndSign')}
      </LinkButton>
    );
  if (!filing.actions.includes('report')) return null;
  return (
    <LinkButton to="/filings/$id/review" params={params} variant="default">
      {say('show')}
    </LinkButton>
  );
};

const FilingView = ({ filing }: { filing: FilingDetail }): ReactNode => (
  <>
    {filing.rejection && <Rejection rejection={filing.rejection} />}
    <Paper withBorder p="md">
      <Facts filing={filing} />
    </Paper>
    <Downloads filing={filing} />
    {filing.delivery !== 'draft' && (
      <div className={styles['two']}>
        <Paper withBorder p="md">
          <Moments filing={filing} />
        </Paper>
        <Paper withBorder p="md">
          <Signatures filing={filing} />
        </Paper>
      </div>
    )}
    <Paper withBorder p="md">
      <History filing={filing} />
    </Paper>
  </>
);

/** One filing: where it stands, who signed, what happened, and what can be taken along. */
export const FilingPage = (): ReactNode => {
  const say = useWords(filingWords);
  const { id } = route.useParams();
  const { data: filing, error, refetch } = useFiling(id);
  const title = say('title', { number: filing?.number ?? '…' });
  usePageTitle(title);
  return (
    <Stack>
      <div>
        <Link to="/archive">{say('back')}</Link>
        <Group justify="space-between" mt={4}>
          <Title order={1}>{title}</Title>
          {filing && <NextStep filing={filing} />}
        </Group>
      </div>
      {error && !filing && <ProblemAlert error={error} onRetry={() => void refetch()} focus />}
      {!filing && !error && <LoadingState />}
      {filing && <SentNotice filing={filing} />}
      {filing && <FilingView filing={filing} />}
    </Stack>
  );
};
