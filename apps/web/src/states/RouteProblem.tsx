import { ApiError } from '@sochi/contract';
import { Box } from '@mantine/core';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { CrashState } from './CrashState.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';

/** A page that could not be shown: a call that failed can be repeated, anything else is a bug of ours. */
export const RouteProblem = ({ error, reset }: ErrorComponentProps): ReactNode => {
  const router = useRouter();
  if (!(error instanceof ApiError)) return <CrashState />;
  const retry = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Box p="md">
      <ProblemAlert error={error} onRetry={retry} focus />
    </Box>
  );
};
