import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { queryKeys } from '#app/query-keys.ts';
import { useWords } from '#i18n/words.ts';
import { Brand } from '#layout/Brand.tsx';
import { LanguageSwitch } from '#layout/LanguageSwitch.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import { InnStep } from './InnStep.tsx';
import { RoleStep } from './RoleStep.tsx';
import styles from './login.module.css';
import { loginWords } from './words.ts';

const route = getRouteApi('/login');

/** Login with a signature kept in the cloud, in two steps; going back keeps the ИНН. */
export const LoginPage = (): ReactNode => {
  const say = useWords(loginWords);
  const queryClient = useQueryClient();
  const { history } = useRouter();
  const { next = '/news' } = route.useSearch();
  const [inn, setInn] = useState('');
  const [step, setStep] = useState<'inn' | 'role'>('inn');
  usePageTitle(say('title'));
  return (
    <main className={styles['page']}>
      <div className={styles['top']}>
        <Brand />
        <LanguageSwitch />
      </div>
      <Paper withBorder p="lg" shadow="xs">
        <Stack>
          <div>
            <Title order={1}>{say('title')}</Title>
            <Text c="dimmed" mt={4}>
              {say('about')}
            </Text>
          </div>
          {!window.isSecureContext && (
            <Alert color="red" role="alert">
              {say('insecure')}
            </Alert>
          )}
          {step === 'inn' ? (
            <InnStep inn={inn} onType={setInn} onNext={() => setStep('role')} />
          ) : (
            <RoleStep
              inn={inn}
              onBack={() => setStep('inn')}
              onDone={(session) => {
                queryClient.setQueryData(queryKeys.session, session);
                history.replace(next);
              }}
            />
          )}
        </Stack>
      </Paper>
    </main>
  );
};
