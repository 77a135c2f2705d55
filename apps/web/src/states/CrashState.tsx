import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { EmptyState } from './EmptyState.tsx';
import { stateWords } from './words.ts';

const reload = (): void => window.location.reload();

/** For a page that broke: a bug of ours, or its code could not be loaded. */
export const CrashState = (): ReactNode => {
  const say = useWords(stateWords);
  return (
    <div role="alert">
      <EmptyState title={say('crashTitle')} detail={say('crashDetail')}>
        <Button mt="sm" onClick={reload}>
          {say('reload')}
        </Button>
      </EmptyState>
    </div>
  );
};
