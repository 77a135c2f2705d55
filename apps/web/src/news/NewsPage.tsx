import { Paper, Stack, Text, Title } from '@mantine/core';
import { endpoints, type News } from '@sochi/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAgencyName } from '#agencies/use-agency-name.ts';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { formatMinute } from '#i18n/formats.ts';
import { useLanguage } from '#i18n/language.tsx';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { EmptyState } from '#states/EmptyState.tsx';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import { newsWords } from './words.ts';

const NewsItem = ({ news }: { news: News }): ReactNode => {
  const { language } = useLanguage();
  const agencyName = useAgencyName();
  const from = news.agency === null ? '' : ` · ${agencyName(news.agency).long}`;
  return (
    <Paper component="article" withBorder p="md">
      <Title order={2}>{news.title[language]}</Title>
      <Text c="dimmed" fz="sm" mb="xs">
        <time dateTime={news.publishedAt}>{formatMinute(news.publishedAt)}</time>
        {from}
      </Text>
      <Text maw="70ch">{news.body[language]}</Text>
    </Paper>
  );
};

const NoNews = (): ReactNode => {
  const say = useWords(newsWords);
  return (
    <EmptyState title={say('empty')} detail={say('emptyDetail')}>
      <LinkButton to="/reporting" mt="sm">
        {say('toReporting')}
      </LinkButton>
    </EmptyState>
  );
};

/** The first page after login. */
export const NewsPage = (): ReactNode => {
  const say = useWords(newsWords);
  usePageTitle(say('title'));
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.news,
    queryFn: ({ signal }) => api(endpoints.listNews, {}, signal),
  });
  return (
    <Stack>
      <Title order={1}>{say('title')}</Title>
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingState />}
      {data?.news.length === 0 && <NoNews />}
      {data?.news.map((news) => (
        <NewsItem key={news.id} news={news} />
      ))}
    </Stack>
  );
};
