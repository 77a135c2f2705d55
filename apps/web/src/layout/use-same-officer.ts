import { useEffect, useRef } from 'react';
import { useSession } from '#app/session.ts';

/** Another person who logged in from another window shares the cookie: the page then starts anew instead of mixing two companies. */
export const useSameOfficer = (): void => {
  const { officer } = useSession();
  const first = useRef(officer.id);
  useEffect(() => {
    if (officer.id !== first.current) window.location.assign('/news');
  }, [officer.id]);
};
