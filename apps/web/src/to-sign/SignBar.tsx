import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import type { FilingDetail } from '@sochi/contract';
import IconSignature from '@tabler/icons-react/dist/esm/icons/IconSignature.mjs';
import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { SignedNotice } from './SignedNotice.tsx';
import { shortHash } from './sha256.ts';
import styles from './to-sign.module.css';
import { useSign } from './use-sign.ts';
import { signingWords } from './words.ts';

type Props = { filing: FilingDetail; sha256: string; onShowAgain: () => void };

/** The fingerprint of what is shown and the button that signs it; afterwards, that it is signed. */
export const SignBar = ({ filing, sha256, onShowAgain }: Props): ReactNode => {
  const say = useWords(signingWords);
  const sign = useSign();
  if (sign.isSuccess) return <SignedNotice id={filing.id} />;
  return (
    <Paper withBorder p="md" className={styles['bar']}>
      <Stack gap="sm">
        <Group justify="space-between">
          <div>
            <Text fz="sm" c="dimmed">
              {say('hash')}
            </Text>
            <code title={sha256}>{shortHash(sha256)}</code>
          </div>
          {filing.actions.includes('sign') && (
            <Button
              size="md"
              leftSection={<IconSignature size={20} aria-hidden />}
              loading={sign.isPending}
              onClick={() => sign.mutate({ id: filing.id, reportSha256: sha256 })}
            >
              {say('sign')}
            </Button>
          )}
        </Group>
        {sign.error && <ProblemAlert error={sign.error} onRetry={onShowAgain} focus />}
      </Stack>
    </Paper>
  );
};
