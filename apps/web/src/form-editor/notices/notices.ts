import { createContext, use } from 'react';

/** One line about what just happened, with the way back where there is one. */
export interface Notice {
  readonly text: string;
  readonly undo?: () => void;
}

export const NoticeContext = createContext<(notice: Notice) => void>(() => undefined);

/** Shows a notice above the action bar; a newer one takes its place. */
export const useNotices = (): ((notice: Notice) => void) => use(NoticeContext);
