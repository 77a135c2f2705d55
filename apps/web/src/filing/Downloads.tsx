import { Button, Group, Stack, Text } from '@mantine/core';
import { endpoints, type Filing } from '@sochi/contract';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import IconShieldCheck from '@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs';
import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '#app/api.ts';
import { useWords } from '#i18n/words.ts';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { saveFile } from './save-file.ts';
import { filingWords } from './words.ts';

const useDownload = (
  endpoint: typeof endpoints.getReport | typeof endpoints.getEvidence,
  id: string,
  name: string,
): UseMutationResult<void, Error, void> =>
  useMutation({
    mutationFn: async () => {
      const bytes = await api(endpoint, { params: { id } });
      saveFile(new Uint8Array(bytes), name, endpoint.reply.media);
    },
  });

/** The report as it was signed, and all that a stranger needs to verify it. */
export const Downloads = ({ filing }: { filing: Pick<Filing, 'id' | 'number' | 'actions'> }): ReactNode => {
  const say = useWords(filingWords);
  const { id, number, actions } = filing;
  const report = useDownload(endpoints.getReport, id, `${number}.xml`);
  const evidence = useDownload(endpoints.getEvidence, id, `sochi-${number}.zip`);
  if (!actions.includes('report')) return null;
  return (
    <Stack gap="xs">
      <Group>
        {actions.includes('evidence') && (
          <Button
            leftSection={<IconShieldCheck size={18} aria-hidden />}
            loading={evidence.isPending}
            onClick={() => evidence.mutate()}
          >
            {say('downloadEvidence')}
          </Button>
        )}
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          loading={report.isPending}
          onClick={() => report.mutate()}
        >
          {say('downloadReport')}
        </Button>
      </Group>
      {actions.includes('evidence') && (
        <Text c="dimmed" fz="sm">
          {say('howToVerify')}
        </Text>
      )}
      {(report.error ?? evidence.error) && <ProblemAlert error={report.error ?? evidence.error} focus />}
    </Stack>
  );
};
