import { Alert, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { Suspense, lazy, useEffect, useState, type ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { Brand } from '#layout/Brand.tsx';
import { LanguageSwitch } from '#layout/LanguageSwitch.tsx';
import { usePageTitle } from '#states/use-page-title.ts';
import { InnStep } from './InnStep.tsx';
import type { RoleStep } from './RoleStep.tsx';
import styles from './login.module.css';
import { loginWords } from './words.ts';

const route = getRouteApi('/login');

const loadRoleStep = async (): Promise<{ default: typeof RoleStep }> => ({
  default: (await import('./RoleStep.tsx')).RoleStep,
});
const LazyRoleStep = lazy(loadRoleStep);

/** Login with a signature kept in the cloud, in two steps; going back keeps the ИНН. */
export const LoginPage = (): ReactNode => {
  const say = useWords(loginWords);
  const { history } = useRouter();
  const { next = '/news' } = route.useSearch();
  const [inn, setInn] = useState('');
  const [step, setStep] = useState<'inn' | 'role'>('inn');
  usePageTitle(say('title'));
  useEffect(() => {
    // While the ИНН is being typed; what fails here is loaded again, and reported, with the second step.
    loadRoleStep().catch(() => undefined);
  }, []);
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
            <Suspense fallback={<Loader />}>
              <LazyRoleStep inn={inn} onBack={() => setStep('inn')} onDone={() => history.replace(next)} />
            </Suspense>
          )}
        </Stack>
      </Paper>
    </main>
  );
};
