import { Outlet } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLiveFilings } from '#app/live.ts';
import { useWords } from '#i18n/words.ts';
import { Header } from './Header.tsx';
import { SessionModal } from './SessionModal.tsx';
import styles from './frame.module.css';
import { useSameOfficer } from './use-same-officer.ts';
import { layoutWords } from './words.ts';

/** The frame of every page behind the login. */
export const PortalFrame = (): ReactNode => {
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
      <main id="content" className={styles['content']} tabIndex={-1}>
        <Outlet />
      </main>
      <SessionModal />
    </>
  );
};
