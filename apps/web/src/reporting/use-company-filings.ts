import { endpoints, type Filing } from '@sochi/contract';
import { useQuery } from '@tanstack/react-query';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';

/** As many as one call gives: three years of a dozen forms fit in. */
const LIMIT = 100;

const useRecent = (list: 'archive' | 'drafts'): readonly Filing[] =>
  useQuery({
    queryKey: [...queryKeys.filingList(list), 'recent'],
    queryFn: ({ signal }) => api(endpoints.listFilings, { query: { list, limit: LIMIT } }, signal),
  }).data?.filings ?? [];

/** What the company has begun and what it has sent, newest first; empty until known. */
export const useCompanyFilings = (): { drafts: readonly Filing[]; sent: readonly Filing[] } => ({
  drafts: useRecent('drafts'),
  sent: useRecent('archive'),
});
