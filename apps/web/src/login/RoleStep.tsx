import '#app/more-styles.ts';
import { Button, Stack, Text } from '@mantine/core';
import type { OfficerRole } from '@sochi/kernel';
import IconArrowLeft from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { queryClient } from '#app/query-client.ts';
import { queryKeys } from '#app/query-keys.ts';
import { useWords } from '#i18n/words.ts';
import { PinForm } from './PinForm.tsx';
import { RoleChoice } from './RoleChoice.tsx';
import { loginWords } from './words.ts';

type Props = { inn: string; onBack: () => void; onDone: () => void };

/** Step 2: who of the company, and the PIN. */
export const RoleStep = ({ inn, onBack, onDone }: Props): ReactNode => {
  const say = useWords(loginWords);
  const [role, setRole] = useState<OfficerRole>('head');
  return (
    <Stack>
      <Text>
        {say('inn')} <strong>{inn}</strong>
      </Text>
      <RoleChoice role={role} onChoose={setRole} />
      <QueryClientProvider client={queryClient}>
        <PinForm
          // A PIN belongs to one person: nothing of it, nor of its refusal, goes over to the other.
          key={role}
          inn={inn}
          role={role}
          onDone={(session) => {
            queryClient.clear();
            queryClient.setQueryData(queryKeys.session, session);
            onDone();
          }}
        />
      </QueryClientProvider>
      <Button variant="subtle" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={onBack}>
        {say('back')}
      </Button>
    </Stack>
  );
};
