import { endpoints, type FilingDetail } from '@sochi/contract';
import { loadForm } from '@sochi/forms';
import { compileForm } from '@sochi/forms-engine';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '#app/api.ts';
import { queryKeys } from '#app/query-keys.ts';
import { LoadingState } from '#states/LoadingState.tsx';
import { ProblemAlert } from '#states/ProblemAlert.tsx';
import { Editor } from './Editor.tsx';
import type { LoadedForm } from './loaded-form.ts';

const loadCompiled = async (formId: string): Promise<LoadedForm> => {
  const form = await loadForm(formId);
  return { form, compiled: compileForm(form.definition) };
};

const useFiling = (id: string) =>
  useQuery({
    queryKey: queryKeys.filing(id),
    queryFn: ({ signal }) => api(endpoints.getFiling, { params: { id } }, signal),
    // Also within the time in which others may use the cache: the page below waits for this answer.
    refetchOnMount: 'always',
  });

const useForm = (filing: FilingDetail | undefined) => {
  const formId = filing?.formId ?? '';
  return useQuery({
    queryKey: ['form', formId],
    queryFn: () => loadCompiled(formId),
    enabled: filing !== undefined,
    staleTime: Infinity,
    // A compiled form holds functions; comparing two of them deeply finds nothing.
    structuralSharing: false,
  });
};

/** The page on which a draft is filled in: `/filings/$id/edit`. */
export const FilingEditorPage = () => {
  const { id = '' } = useParams({ strict: false });
  const filing = useFiling(id);
  const form = useForm(filing.data);
  const error = filing.data === undefined ? filing.error : form.error;
  if (error)
    return (
      <ProblemAlert error={error} onRetry={() => void (filing.error ? filing.refetch() : form.refetch())} />
    );
  // What the cache remembers of a draft is older than what the server has: wait for that.
  if (!filing.data || !filing.isFetchedAfterMount || !form.data) return <LoadingState lines={12} />;
  return <OpenedFiling key={id} filing={filing.data} loaded={form.data} />;
};

/** What was no draft when it was opened is shown on its own page; what stops being one meanwhile stays until the person leaves. */
const OpenedFiling = (props: { filing: FilingDetail; loaded: LoadedForm }) => {
  const [wasDraft] = useState(() => props.filing.actions.includes('edit'));
  return wasDraft ? (
    <Editor {...props} />
  ) : (
    <Navigate to="/filings/$id" params={{ id: props.filing.id }} replace />
  );
};
