import { Button, Modal, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { sessionGate } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { sessionQuery, useSession } from '#app/session.ts';
import { useWords } from '#i18n/words.ts';
import { PinForm } from '#login/PinForm.tsx';
import { useLeave } from './use-leave.ts';
import { layoutWords } from './words.ts';

/** When the person has logged in again in another window, this one goes on by itself. */
const useOtherWindow = (closed: boolean): void => {
  const queryClient = useQueryClient();
  const { officer } = useSession();
  useEffect(() => {
    if (!closed) return undefined;
    const look = (): void => {
      queryClient.fetchQuery({ ...sessionQuery, staleTime: 0, retry: false }).then(
        (found) => found.officer.id === officer.id && sessionGate.open(),
        () => undefined,
      );
    };
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [closed, officer.id, queryClient]);
};

/** Asks the PIN again over whatever page the person was on; the page and everything typed stay as they are. */
export const SessionModal = (): ReactNode => {
  const say = useWords(layoutWords);
  const queryClient = useQueryClient();
  const { company, officer } = useSession();
  const closed = useSyncExternalStore(sessionGate.subscribe, sessionGate.isClosed);
  const leave = useLeave();
  useOtherWindow(closed);
  return (
    <Modal
      opened={closed}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      centered
      title={say('sessionEnded')}
    >
      <Stack gap="sm">
        <Text>{say('sessionEndedDetail')}</Text>
        <Text c="dimmed">
          {say('who', { company: company.name, inn: company.inn })}
          <br />
          {officer.fullName} · {say(officer.role)}
        </Text>
        <PinForm
          inn={company.inn}
          role={officer.role}
          holdsFocus
          onDone={(session) => {
            queryClient.setQueryData(queryKeys.session, session);
            sessionGate.open();
          }}
        />
        <Button variant="subtle" color="gray" onClick={leave}>
          {say('leave')}
        </Button>
      </Stack>
    </Modal>
  );
};
