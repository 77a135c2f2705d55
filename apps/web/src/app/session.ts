import { endpoints, type Session } from '@sochi/contract';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { plainApi } from './api.ts';
import { queryKeys } from './query-keys.ts';

/** Who is logged in. Asked without the gate: nobody being there is an answer, not an interruption. */
export const sessionQuery = queryOptions({
  queryKey: queryKeys.session,
  queryFn: ({ signal }) => plainApi(endpoints.getSession, {}, signal),
  staleTime: 60_000,
});

/** The session of the page; only under the portal's frame, which has it loaded. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;
