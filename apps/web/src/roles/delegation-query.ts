import { endpoints, type DelegationView } from '@sochi/contract';
import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';

/** What is delegated now; a report that is signed by it renews the answer. */
export const delegationQuery = queryOptions({
  queryKey: queryKeys.delegation,
  queryFn: ({ signal }) => api(endpoints.getDelegation, {}, signal),
});

export const useDelegation = (): UseQueryResult<DelegationView> => useQuery(delegationQuery);
