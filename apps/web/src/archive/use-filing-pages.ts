import { endpoints, type Filing } from '@sochi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';

const PAGE = 25;

export interface FilingPages {
  readonly filings: readonly Filing[] | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
}

/** A list of filings, newest first, a page at a time from where the last one ended. */
export const useFilingPages = (list: 'archive' | 'drafts' | 'to_sign'): FilingPages => {
  const query = useInfiniteQuery({
    queryKey: [...queryKeys.filingList(list), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      api(
        endpoints.listFilings,
        { query: { list, limit: PAGE, ...(pageParam === '' ? {} : { before: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return {
    filings: query.data?.pages.flatMap(({ filings }) => filings),
    error: query.error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
  };
};
