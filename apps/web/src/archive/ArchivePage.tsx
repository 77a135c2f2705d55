import { Button, Stack, Title } from '@mantine/core';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { EmptyState } from '#states/EmptyState.tsx';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import { DraftTable } from './DraftTable.tsx';
import { FilingTable } from './FilingTable.tsx';
import styles from './archive.module.css';
import { useFilingPages } from './use-filing-pages.ts';
import { archiveWords } from './words.ts';

const route = getRouteApi('/portal/archive');
const LISTS = ['archive', 'drafts'] as const;
type List = (typeof LISTS)[number];

const Nothing = ({ list }: { list: List }): ReactNode => {
  const say = useWords(archiveWords);
  const [title, detail] =
    list === 'drafts' ? (['noDrafts', 'noDraftsDetail'] as const) : (['empty', 'emptyDetail'] as const);
  return (
    <EmptyState title={say(title)} detail={say(detail)}>
      <LinkButton to="/reporting" mt="sm">
        {say('toReporting')}
      </LinkButton>
    </EmptyState>
  );
};

const Filings = ({ list }: { list: List }): ReactNode => {
  const say = useWords(archiveWords);
  const { filings, error, retry, hasMore, isLoadingMore, loadMore } = useFilingPages(list);
  if (!filings) return error ? <ProblemAlert error={error} onRetry={retry} /> : <LoadingState />;
  if (filings.length === 0) return <Nothing list={list} />;
  return (
    <>
      {list === 'drafts' ? <DraftTable drafts={filings} /> : <FilingTable filings={filings} />}
      {error && <ProblemAlert error={error} onRetry={retry} />}
      {hasMore && (
        <Button variant="default" loading={isLoadingMore} onClick={loadMore} style={{ alignSelf: 'center' }}>
          {say('more')}
        </Button>
      )}
    </>
  );
};

/** All that was sent, with both statuses; drafts apart. */
export const ArchivePage = (): ReactNode => {
  const say = useWords(archiveWords);
  const { tab = 'archive' } = route.useSearch();
  usePageTitle(say('title'));
  return (
    <Stack>
      <Title order={1}>{say('title')}</Title>
      <nav className={styles['tabs']} aria-label={say('tabs')}>
        {LISTS.map((list) => (
          <Link
            key={list}
            to="/archive"
            search={list === 'drafts' ? { tab: list } : {}}
            replace
            activeOptions={{ exact: true }}
          >
            {say(list)}
          </Link>
        ))}
      </nav>
      <Filings key={tab} list={tab} />
    </Stack>
  );
};
