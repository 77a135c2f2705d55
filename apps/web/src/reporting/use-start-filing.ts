import { endpoints } from '@sochi/contract';
import type { TaxPeriod } from '@sochi/kernel';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';

type Wanted = { formId: string; period: TaxPeriod };

/**
 * Starts a draft and opens it. Pressing again after an answer that never came repeats the same wish (the same idempotency key):
 * there is one draft, however often the button is pressed.
 */
export const useStartFiling = (): UseMutationResult<{ id: string }, Error, Wanted> => {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const keys = useRef(new Map<string, string>());
  return useMutation({
    mutationFn: ({ formId, period }: Wanted) => {
      const wish = `${formId} ${period.from} ${period.to}`;
      const idempotencyKey = keys.current.get(wish) ?? crypto.randomUUID();
      keys.current.set(wish, idempotencyKey);
      return api(endpoints.createFiling, { body: { formId, period, kind: 'initial' }, idempotencyKey });
    },
    onSuccess: async ({ id }) => {
      void queryClient.invalidateQueries({ queryKey: queryKeys.filings });
      await navigate({ to: '/filings/$id/edit', params: { id } });
    },
  });
};
