import { ApiError } from '@sochi/contract';
import { QueryClient } from '@tanstack/react-query';

const LAST_RETRY = 2;

/** A refusal stays a refusal; a missing answer or a fault of the server is worth another try. */
export const isWorthRetrying = (failures: number, error: Error): boolean =>
  failures < LAST_RETRY &&
  error instanceof ApiError &&
  (error.problem === undefined || error.problem.status >= 500);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: isWorthRetrying, staleTime: 15_000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
