import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { endpoints, type Filing } from '@sochi/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFormName } from '#agencies/use-form-name.ts';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { usePeriodName } from '#i18n/use-period-name.ts';
import { useWords } from '#i18n/words.ts';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { archiveWords } from './words.ts';

/** Asks before a draft is thrown away for good. */
export const DiscardModal = ({ draft, onClose }: { draft: Filing; onClose: () => void }): ReactNode => {
  const say = useWords(archiveWords);
  const formName = useFormName();
  const periodName = usePeriodName();
  const queryClient = useQueryClient();
  const discard = useMutation({
    mutationFn: () => api(endpoints.discardDraft, { params: { id: draft.id } }),
    onSuccess: onClose,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.filings }),
  });
  const detail = { form: formName(draft.formId), period: periodName(draft.period) };
  return (
    <Modal opened onClose={onClose} title={say('discardAsk', { number: draft.number })} centered>
      <Stack>
        <Text>{say('discardDetail', detail)}</Text>
        {discard.error && <ProblemAlert error={discard.error} focus />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {say('keep')}
          </Button>
          <Button color="red" loading={discard.isPending} onClick={() => discard.mutate()}>
            {say('discard')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
