import type { Filing, FilingDetail } from '@sochi/contract';
import type { CompiledForm } from '@sochi/forms-engine';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useState, type RefObject } from 'react';
import { queryKeys } from '#app/query-keys.ts';
import { useWords } from '#i18n/words.ts';
import { rowsOf } from './draft/edit-answers.ts';
import { placeKey, placeOf } from './draft/place.ts';
import { jumpTo, stopOf } from './moving/focus-place.ts';
import { nextFinding } from './moving/next-finding.ts';
import { placeOrder } from './moving/place-order.ts';
import { addRowStop } from './moving/stops.ts';
import type { Notice } from './notices/notices.ts';
import { useSending } from './sending/use-sending.ts';
import type { Editing } from './use-editing.ts';
import { editorWords } from './words.ts';

type Options = {
  readonly filing: FilingDetail;
  readonly editing: Editing;
  readonly compiled: CompiledForm;
  readonly notify: (notice: Notice) => void;
  readonly summary: RefObject<HTMLHeadingElement | null>;
};

/** Jumps between what was found and where. */
const useFindingMoves = ({
  editing,
  compiled,
  summary,
}: Pick<Options, 'editing' | 'compiled' | 'summary'>) => {
  const { draft } = editing;
  const jump = useCallback((stop: string): void => {
    const place = placeOf(stop);
    // A finding about a row that is not there leads to the button that adds one.
    if (!jumpTo(document, stop) && 'table' in place) jumpTo(document, addRowStop(place.table));
  }, []);

  const showSummary = (): void => {
    summary.current?.focus({ preventScroll: true });
    summary.current?.scrollIntoView({ block: 'nearest' });
  };

  const nextError = (): void => {
    const order = placeOrder(compiled.definition, (table) => rowsOf(draft.answers(), table).length);
    const found = nextFinding(draft.findings(), stopOf(document.activeElement), order);
    if (found) jump(placeKey(found.at));
    else showSummary();
  };

  return { jump, nextError, showSummary };
};

/** Everything the buttons and keys of the editor do. */
export const useEditorActions = ({ filing, editing, compiled, notify, summary }: Options) => {
  const say = useWords(editorWords);
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [isDiscarding, setDiscarding] = useState(false);
  const { draft, saver } = editing;
  const { id } = filing;
  const refreshFilings = (): void => void queryClient.invalidateQueries({ queryKey: queryKeys.filings });

  const moves = useFindingMoves({ editing, compiled, summary });

  const openFiling = (): void => {
    refreshFilings();
    void navigate({ to: '/filings/$id', params: { id } });
  };

  const sending = useSending({
    filingId: id,
    draft,
    saver,
    onErrors: () => {
      notify({ text: say('send.has.errors') });
      moves.showSummary();
    },
    onNotSaved: () => notify({ text: say('send.not.saved') }),
    onSent: (sent: Filing) => {
      editing.forget();
      queryClient.removeQueries({ queryKey: queryKeys.filing(id) });
      refreshFilings();
      void navigate({ to: '/filings/$id', params: { id }, state: { sent: sent.delivery } });
    },
    onGone: openFiling,
    onChanged: () => void queryClient.invalidateQueries({ queryKey: queryKeys.filing(id) }),
  });

  return {
    ...moves,
    sending,
    check: moves.showSummary,
    save: () => saver.tell({ event: 'flush' }),
    isDiscarding,
    askDiscard: () => setDiscarding(true),
    keepDraft: () => setDiscarding(false),
    discarded: () => {
      editing.forget();
      queryClient.removeQueries({ queryKey: queryKeys.filing(id) });
      refreshFilings();
      void navigate({ to: '/reporting' });
    },
  };
};
