import '#app/more-styles.ts';
import '#i18n/rich-message.ts';
import { QueryClientProvider } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLiveFilings } from '#app/live.ts';
import { queryClient } from '#app/query-client.ts';
import { useWords } from '#i18n/words.ts';
import { SignedForYou } from '#roles/SignedForYou.tsx';
import { Header } from './Header.tsx';
import { SessionModal } from './SessionModal.tsx';
import styles from './frame.module.css';
import { useSameOfficer } from './use-same-officer.ts';
import { layoutWords } from './words.ts';

const Frame = (): ReactNode => {
  const say = useWords(layoutWords);
  const live = useLiveFilings();
  useSameOfficer();
  return (
    <>
      <a href="#content" className={styles['skip']}>
        {say('skip')}
      </a>
      <Header />
      {live === 'polling' && (
        <p className={styles['note']} role="status">
          {say('polling')}
        </p>
      )}
      <SignedForYou />
      <main id="content" className={styles['content']} tabIndex={-1}>
        <Outlet />
      </main>
      <SessionModal />
    </>
  );
};

/** The frame of every page behind the login, with what those pages know of the server. */
export const PortalFrame = (): ReactNode => (
  <QueryClientProvider client={queryClient}>
    <Frame />
  </QueryClientProvider>
);
