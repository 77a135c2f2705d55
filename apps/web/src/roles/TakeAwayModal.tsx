import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { endpoints } from '@sochi/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { useWords } from '#i18n/words.ts';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { rolesWords } from './words.ts';

/** The one question before the delegation is taken away. */
export const TakeAwayModal = ({
  onDone,
  onClose,
}: {
  onDone: () => void;
  onClose: () => void;
}): ReactNode => {
  const say = useWords(rolesWords);
  const queryClient = useQueryClient();
  const end = useMutation({
    mutationFn: () => api(endpoints.endDelegation, {}),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: queryKeys.delegation });
      onDone();
    },
  });
  return (
    <Modal opened onClose={onClose} title={say('takeAwayAsk')} centered>
      <Stack>
        <Text>{say('takeAwayDetail')}</Text>
        {end.error && <ProblemAlert error={end.error} focus />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={end.isPending}>
            {say('keep')}
          </Button>
          <Button color="red" loading={end.isPending} onClick={() => end.mutate()} data-autofocus>
            {say('takeAway')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
