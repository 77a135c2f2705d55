import { Stack, Text, Title } from '@mantine/core';
import { endpoints, type FormStatus } from '@sochi/contract';
import { formMetas } from '@sochi/forms';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useAgencyName } from '#agencies/use-agency-name.ts';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { useWords } from '#i18n/words.ts';
import { EmptyState } from '#states/EmptyState.tsx';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import { FormCard } from './FormCard.tsx';
import { useCompanyFilings } from './use-company-filings.ts';
import { reportingWords } from './words.ts';

const AgencySection = ({ agency, forms }: { agency: string; forms: readonly FormStatus[] }): ReactNode => {
  const agencyName = useAgencyName();
  const filings = useCompanyFilings();
  const { short, long } = agencyName(agency);
  return (
    <Stack component="section" gap="sm" aria-labelledby={`agency-${agency}`}>
      <Title order={2} id={`agency-${agency}`}>
        {short}{' '}
        <Text span c="dimmed" fw={400}>
          {long}
        </Text>
      </Title>
      {forms.map((form) => {
        const meta = formMetas.find(({ id }) => id === form.formId);
        return meta && <FormCard key={form.formId} form={form} meta={meta} {...filings} />;
      })}
    </Stack>
  );
};

/** Agencies and their forms: what is to be filed, until when, and the way into it. */
export const ReportingPage = (): ReactNode => {
  const say = useWords(reportingWords);
  usePageTitle(say('title'));
  const { data, error, refetch } = useQuery({
    queryKey: queryKeys.forms,
    queryFn: ({ signal }) => api(endpoints.listForms, {}, signal),
  });
  const agencies = [...new Set(data?.forms.map(({ agency }) => agency))];
  return (
    <Stack>
      <Title order={1}>{say('title')}</Title>
      {error && !data && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingState />}
      {data?.forms.length === 0 && <EmptyState title={say('empty')} detail={say('emptyDetail')} />}
      {agencies.map((agency) => (
        <AgencySection
          key={agency}
          agency={agency}
          forms={data?.forms.filter((form) => form.agency === agency) ?? []}
        />
      ))}
      {agencies.length > 0 && (
        <Text c="dimmed" fz="sm" maw="80ch">
          {say('disclaimer')}
        </Text>
      )}
    </Stack>
  );
};
