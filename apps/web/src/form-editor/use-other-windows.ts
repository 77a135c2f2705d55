import type { FilingDetail } from '@sochi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queryKeys } from '#app/query-keys.ts';
import { useWords } from '#i18n/words.ts';
import type { Notice } from './notices/notices.ts';
import { openDraftChannel } from './saving/draft-channel.ts';
import type { Editing } from './use-editing.ts';
import { editorWords } from './words.ts';

type Options = {
  readonly filing: FilingDetail;
  readonly editing: Editing;
  readonly notify: (notice: Notice) => void;
};

/** Keeps windows of the same draft together: whether there are others, and what they saved appears here. */
export const useOtherWindows = ({ filing, editing, notify }: Options): boolean => {
  const say = useWords(editorWords);
  const queryClient = useQueryClient();
  const [others, setOthers] = useState(false);
  const { id } = filing;

  useEffect(() => {
    const channel = openDraftChannel({
      filingId: id,
      me: `${performance.timeOrigin}.${Math.random()}`,
      onOthers: setOthers,
      onChanged: () => void queryClient.invalidateQueries({ queryKey: queryKeys.filing(id) }),
    });
    let version = editing.saver.state().version;
    const unsubscribe = editing.saver.subscribe(() => {
      const now = editing.saver.state().version;
      if (now !== version && editing.saver.state().savedAt !== undefined) channel.tellChanged();
      version = now;
    });
    return () => {
      unsubscribe();
      channel.close();
    };
  }, [id, editing, queryClient]);

  useEffect(() => {
    if (filing.actions.includes('edit') && editing.adopt(filing)) notify({ text: say('other.adopted') });
  }, [filing, editing, notify, say]);

  // The banner stands at the top; somebody who works further down is told as well.
  useEffect(() => {
    if (others) notify({ text: say('other.window') });
  }, [others, notify, say]);

  return others;
};
