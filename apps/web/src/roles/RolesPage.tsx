import { Paper, Stack, Text, Title } from '@mantine/core';
import type { DelegationView } from '@sochi/contract';
import { useEffect, type ReactNode } from 'react';
import { useSession } from '#app/session.ts';
import { useWords } from '#i18n/words.ts';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import { SignForHead } from './SignForHead.tsx';
import { TermsFacts } from './TermsFacts.tsx';
import { UsesList } from './UsesList.tsx';
import { useDelegation } from './delegation-query.ts';
import { noteUsesSeen } from './seen-uses.ts';
import { rolesWords } from './words.ts';

const OfHead = ({ view }: { view: DelegationView }): ReactNode => {
  const say = useWords(rolesWords);
  const { officer } = useSession();
  const lastUse = view.current?.lastUses[0]?.id;
  useEffect(() => {
    if (lastUse !== undefined) noteUsesSeen(officer.id, lastUse);
  }, [officer.id, lastUse]);
  return (
    <>
      <Text>{view.delegate === null ? say('introNobody') : say('intro', { name: view.delegate })}</Text>
      {view.latestEnd !== null && <SignForHead view={view} latestEnd={view.latestEnd} />}
      <UsesList />
    </>
  );
};

/** The accountant sees what is allowed, and changes nothing. */
const OfAccountant = ({ view }: { view: DelegationView }): ReactNode => {
  const say = useWords(rolesWords);
  return (
    <>
      <Text>{say('introAccountant')}</Text>
      {view.current && (
        <Paper component="section" withBorder p="md">
          <Title order={2} mb="sm">
            {say('tick')}
          </Title>
          <TermsFacts current={view.current} />
        </Paper>
      )}
    </>
  );
};

/** «Роли»: what the head lets the accountant do. */
export const RolesPage = (): ReactNode => {
  const say = useWords(rolesWords);
  const { officer } = useSession();
  const { data: view, error, refetch } = useDelegation();
  usePageTitle(say('title'));
  return (
    <Stack>
      <Title order={1}>{say('title')}</Title>
      {error && !view && <ProblemAlert error={error} onRetry={() => void refetch()} focus />}
      {!view && !error && <LoadingState />}
      {view && (officer.role === 'head' ? <OfHead view={view} /> : <OfAccountant view={view} />)}
    </Stack>
  );
};
