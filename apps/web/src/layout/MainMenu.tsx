import { endpoints } from '@sochi/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { useWords } from '#i18n/words.ts';
import styles from './frame.module.css';
import { layoutWords } from './words.ts';

const ITEMS = [
  { to: '/news', word: 'news' },
  { to: '/reporting', word: 'reporting' },
  { to: '/to-sign', word: 'toSign' },
  { to: '/archive', word: 'archive' },
] as const;

const useToSignCount = (): number =>
  useQuery({
    queryKey: queryKeys.toSignCount,
    queryFn: ({ signal }) => api(endpoints.listFilings, { query: { list: 'to_sign', limit: 1 } }, signal),
    select: ({ toSign }) => toSign,
  }).data ?? 0;

const Count = ({ count }: { count: number }): ReactNode => {
  const say = useWords(layoutWords);
  return (
    <span className={styles['count']} title={say('toSignCount', { count })}>
      {count}
    </span>
  );
};

/** The main menu along the top. */
export const MainMenu = ({ open, onLeave }: { open: boolean; onLeave: () => void }): ReactNode => {
  const say = useWords(layoutWords);
  const isHere = useMatchRoute();
  const toSign = useToSignCount();
  return (
    <nav id="main-menu" className={styles['menu']} data-open={open} aria-label={say('menu')}>
      {ITEMS.map(({ to, word }) => (
        <Link
          key={to}
          to={to}
          className={styles['item']}
          onClick={onLeave}
          data-here={Boolean(isHere({ to, fuzzy: true }))}
        >
          {say(word)}
          {to === '/to-sign' && toSign > 0 && <Count count={toSign} />}
        </Link>
      ))}
    </nav>
  );
};
