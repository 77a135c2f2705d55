import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { FilingDetail } from '@sochi/contract';
import { Link, getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { DeliveryStatus } from '#filing/Status.tsx';
import { Signatures } from '#filing/Signatures.tsx';
import { useFiling } from '#filing/filing-query.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import { ReportView } from './ReportView.tsx';
import { SignBar } from './SignBar.tsx';
import { useReport } from './use-report.ts';
import { signingWords } from './words.ts';

const route = getRouteApi('/portal/filings/$id/review');

const Review = ({ filing, onShowAgain }: { filing: FilingDetail; onShowAgain: () => void }): ReactNode => {
  const say = useWords(signingWords);
  const { data: report, error, refetch } = useReport(filing);
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} focus />;
  if (!report) return <LoadingState lines={8} />;
  if (!report.ok)
    return (
      <Alert color="red" role="alert">
        {say(report.reason)}
      </Alert>
    );
  return (
    <>
      <Text>{say('reading')}</Text>
      <ReportView form={report.form} reading={report.reading} />
      <Paper withBorder p="md">
        <Signatures filing={filing} />
      </Paper>
      <SignBar filing={filing} sha256={report.sha256} onShowAgain={onShowAgain} />
    </>
  );
};

const Heading = ({ filing }: { filing: FilingDetail }): ReactNode => {
  const formName = useFormName();
  const periodName = usePeriodName();
  return (
    <Group gap="xs">
      <Text>
        {formName(filing.formId)}, {periodName(filing.period)}
      </Text>
      <DeliveryStatus delivery={filing.delivery} />
    </Group>
  );
};

/** «Показать»: the report from the exact bytes that are signed, and the signature under them. */
export const ReviewPage = (): ReactNode => {
  const say = useWords(signingWords);
  const { id } = route.useParams();
  const { data: filing, error, refetch } = useFiling(id);
  const title = say('reviewTitle', { number: filing?.number ?? '…' });
  usePageTitle(title);
  return (
    <Stack>
      <div>
        <Group gap="lg">
          <Link to="/to-sign">{say('back')}</Link>
          <Link to="/filings/$id" params={{ id }}>
            {say('toFiling')}
          </Link>
        </Group>
        <Title order={1} mt={4}>
          {title}
        </Title>
        {filing && <Heading filing={filing} />}
      </div>
      {error && !filing && <ProblemAlert error={error} onRetry={() => void refetch()} focus />}
      {!filing && !error && <LoadingState />}
      {filing?.reportSha256 === null && <Alert color="gray">{say('notReady')}</Alert>}
      {filing && filing.reportSha256 !== null && (
        <Review key={`${id} ${filing.reportSha256}`} filing={filing} onShowAgain={() => void refetch()} />
      )}
    </Stack>
  );
};
