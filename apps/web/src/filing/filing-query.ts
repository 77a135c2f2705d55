import { endpoints, type FilingDetail } from '@sochi/contract';
import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';

/** One filing with its history, kept fresh by the live stream. */
export const filingQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.filing(id),
    queryFn: ({ signal }) => api(endpoints.getFiling, { params: { id } }, signal),
  });

export const useFiling = (id: string): UseQueryResult<FilingDetail> => useQuery(filingQuery(id));
