import { Button, Paper, Text, Title } from '@mantine/core';
import { endpoints, type DelegationUse } from '@sochi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { formatMinute, formatSom } from '#i18n/formats.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { ColumnTable, FilingRowLink, type Column } from '#tables/ColumnTable.tsx';
import { rolesWords } from './words.ts';

const PAGE = 20;

const useColumns = (): Column<DelegationUse>[] => {
  const say = useWords(rolesWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  return [
    {
      name: say('useNumber'),
      cell: ({ filing }) => <FilingRowLink id={filing.id}>{filing.number}</FilingRowLink>,
    },
    {
      name: say('useForm'),
      cell: ({ filing }) => `${formName(filing.formId)}, ${periodName(filing.period)}`,
    },
    {
      name: say('useTax'),
      cell: ({ taxDue }) => (taxDue === null ? say('taxUnknown') : say('som', { amount: formatSom(taxDue) })),
    },
    { name: say('useAt'), cell: ({ usedAt }) => <time dateTime={usedAt}>{formatMinute(usedAt)}</time> },
    { name: say('useBy'), cell: ({ delegate }) => delegate },
  ];
};

const UsesTable = ({ uses }: { uses: readonly DelegationUse[] }): ReactNode => (
  <ColumnTable columns={useColumns()} rows={uses} />
);

/** Every report that carries the head's signature by delegation, whichever delegation it was. */
export const UsesList = (): ReactNode => {
  const say = useWords(rolesWords);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: queryKeys.delegationUses,
    queryFn: ({ pageParam, signal }) =>
      api(
        endpoints.listDelegationUses,
        { query: { limit: PAGE, ...(pageParam === '' ? {} : { before: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  const uses = data?.pages.flatMap((page) => page.uses);
  return (
    <Paper component="section" withBorder p="md" aria-label={say('uses')}>
      <Title order={2} mb="sm">
        {say('uses')}
      </Title>
      {!uses && (error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <LoadingState />)}
      {uses?.length === 0 && <Text c="dimmed">{say('usesNone')}</Text>}
      {uses && uses.length > 0 && <UsesTable uses={uses} />}
      {hasNextPage && (
        <Button variant="default" mt="sm" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {say('more')}
        </Button>
      )}
    </Paper>
  );
};
