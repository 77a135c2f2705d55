import { endpoints, type Filing } from '@sochi/contract';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';

type Wanted = { id: string; reportSha256: string };

/** Signs exactly the bytes whose fingerprint is given; repeating it after an answer that never came signs once. */
export const useSign = (): UseMutationResult<Filing, Error, Wanted> => {
  const queryClient = useQueryClient();
  const keys = useRef(new Map<string, string>());
  return useMutation({
    mutationFn: ({ id, reportSha256 }: Wanted) => {
      const wish = `${id} ${reportSha256}`;
      const idempotencyKey = keys.current.get(wish) ?? crypto.randomUUID();
      keys.current.set(wish, idempotencyKey);
      return api(endpoints.signFiling, { params: { id }, body: { reportSha256 }, idempotencyKey });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.filings }),
  });
};
