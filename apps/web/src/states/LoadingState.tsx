import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { stateWords } from './words.ts';

/** Grey bars where content will be; screen readers hear that it is loading. */
export const LoadingState = ({ lines = 5 }: { lines?: number }): ReactNode => {
  const say = useWords(stateWords);
  return (
    <Stack gap="sm" role="status" aria-busy="true">
      <VisuallyHidden>{say('loading')}</VisuallyHidden>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={index === 0 ? 28 : 44} width={index === 0 ? '40%' : '100%'} />
      ))}
    </Stack>
  );
};
