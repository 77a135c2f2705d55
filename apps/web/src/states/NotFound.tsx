import type { ReactNode } from 'react';
import { useWords } from '#i18n/words.ts';
import { LinkButton } from '#layout/LinkButton.tsx';
import { EmptyState } from './EmptyState.tsx';
import { usePageTitle } from './use-page-title.ts';
import { stateWords } from './words.ts';

/** For every address that is nobody's. */
export const NotFound = (): ReactNode => {
  const say = useWords(stateWords);
  usePageTitle(say('notFoundTitle'));
  return (
    <EmptyState title={say('notFoundTitle')} detail={say('notFoundDetail')}>
      <LinkButton to="/news" mt="sm">
        {say('home')}
      </LinkButton>
    </EmptyState>
  );
};
