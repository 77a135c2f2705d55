import type { ErrorComponentProps } from '@tanstack/react-router';
import { Suspense, lazy, type ReactNode } from 'react';
import { CrashState } from './CrashState.tsx';

const Problem = lazy(() =>
  import('./RouteProblem.tsx').then(
    ({ RouteProblem }) => ({ default: RouteProblem }),
    // The code cannot be loaded either: then this is all that can be said.
    () => ({ default: CrashState }),
  ),
);

/** A page that could not be shown. The words for it are fetched when needed. */
export const RouteProblemLater = (props: ErrorComponentProps): ReactNode => (
  <Suspense>
    <Problem {...props} />
  </Suspense>
);
