import { endpoints } from '@sochi/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useMatchRoute } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { useSession } from '#app/session.ts';
import { useWords } from '#i18n/words.ts';
import { delegationQuery } from '#roles/delegation-query.ts';
import { useUnseenUses } from '#roles/seen-uses.ts';
import { rolesWords } from '#roles/words.ts';
import styles from './frame.module.css';
import { layoutWords } from './words.ts';

const ITEMS = [
  { to: '/news', word: 'news' },
  { to: '/reporting', word: 'reporting' },
  { to: '/to-sign', word: 'toSign' },
  { to: '/archive', word: 'archive' },
] as const;
const ROLES = { to: '/roles', word: 'roles' } as const;

const useToSignCount = (): number =>
  useQuery({
    queryKey: queryKeys.toSignCount,
    queryFn: ({ signal }) => api(endpoints.listFilings, { query: { list: 'to_sign', limit: 1 } }, signal),
    select: ({ toSign }) => toSign,
  }).data ?? 0;

/** «Роли» is for a head who has somebody to give a role to; `unseen` counts what was signed for the head meanwhile. */
const useRoles = (): { isShown: boolean; unseen: number } => {
  const { officer } = useSession();
  const { data } = useQuery({ ...delegationQuery, enabled: officer.role === 'head' });
  const unseen = useUnseenUses(officer.id, data?.current);
  return { isShown: data !== undefined && data.obstacle !== 'no_accountant', unseen };
};

const Count = ({ count, title }: { count: number; title: string }): ReactNode =>
  count > 0 && (
    <span className={styles['count']} title={title}>
      {count}
    </span>
  );

/** The main menu along the top. */
export const MainMenu = ({ open, onLeave }: { open: boolean; onLeave: () => void }): ReactNode => {
  const say = useWords(layoutWords);
  const isHere = useMatchRoute();
  const sayRoles = useWords(rolesWords);
  const toSign = useToSignCount();
  const roles = useRoles();
  return (
    <nav id="main-menu" className={styles['menu']} data-open={open} aria-label={say('menu')}>
      {[...ITEMS, ...(roles.isShown ? [ROLES] : [])].map(({ to, word }) => (
        <Link
          key={to}
          to={to}
          className={styles['item']}
          onClick={onLeave}
          data-here={Boolean(isHere({ to, fuzzy: true }))}
        >
          {say(word)}
          {to === '/to-sign' && <Count count={toSign} title={say('toSignCount', { count: toSign })} />}
          {to === '/roles' && (
            <Count count={roles.unseen} title={sayRoles('unseen', { count: roles.unseen })} />
          )}
        </Link>
      ))}
    </nav>
  );
};
