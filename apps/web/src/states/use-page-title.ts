import { useEffect } from 'react';

const NAME = 'СОчИ';

/** The title of the window, until another page sets its own. */
export const usePageTitle = (title: string): void => {
  useEffect(() => {
    document.title = `${title} · ${NAME}`;
  }, [title]);
};
