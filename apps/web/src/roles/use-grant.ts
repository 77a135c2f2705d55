import { ApiError, endpoints, ERRORS, type DelegationTerms, type DelegationView } from '@sochi/contract';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { problemsFrom, type TypedProblems } from './typed-terms.ts';

const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );

type Wish = { terms: DelegationTerms; pin: string };

/** A try whose outcome is unknown is made again with the same key: it grants once. A refusal ends the key. */
export const useGrant = (onDone: () => void): UseMutationResult<DelegationView, Error, Wish> => {
  const queryClient = useQueryClient();
  const tried = useRef<{ terms: string; key: string } | undefined>(undefined);
  return useMutation({
    mutationFn: (body: Wish) => {
      const terms = JSON.stringify(body.terms);
      if (tried.current?.terms !== terms) tried.current = { terms, key: newKey() };
      return api(endpoints.grantDelegation, { body, idempotencyKey: tried.current.key });
    },
    onSuccess: (view) => {
      tried.current = undefined;
      queryClient.setQueryData(queryKeys.delegation, view);
      onDone();
    },
  });
};

/** The problems of the fields in a refusal; undefined when it is about something else. */
export const refusedTerms = (error: unknown): TypedProblems | undefined => {
  if (!(error instanceof ApiError) || error.code !== 'delegation.bad_terms') return undefined;
  const data = ERRORS['delegation.bad_terms'].data.safeParse(error.problem?.data);
  return problemsFrom(data.success ? data.data.problems : []);
};

/** Whether a refusal is about the PIN. */
export const isPinRefused = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'pin.wrong' || error.code === 'pin.paused');
