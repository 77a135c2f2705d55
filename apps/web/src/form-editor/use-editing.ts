import type { FilingDetail } from '@sochi/contract';
import type { Answers, CompiledForm } from '@sochi/forms-engine';
import { useEffect, useState } from 'react';
import { sessionGate } from '#app/api.ts';
import { openDraft, type DraftStore } from './draft/draft-store.ts';
import { draftClient } from './saving/draft-client.ts';
import { isUnsaved, type ServerCopy } from './saving/save-machine.ts';
import { createSaver, type Saver } from './saving/saver.ts';
import { findCopy, keepCopy, openSave, unsavedCopy } from './saving/unsaved-copy.ts';

/** A draft on the screen together with what keeps it saved. */
export interface Editing {
  readonly draft: DraftStore;
  readonly saver: Saver;
  /** Something was left unsaved by this window before and is back. */
  readonly wasRestored: boolean;
  /** Answers chosen in a conflict go to the screen and to the server. */
  readonly resolve: (answers: Answers) => void;
  /** Takes over what another window saved, unless something is unsaved here; says whether it did. */
  readonly adopt: (theirs: ServerCopy) => boolean;
  /** The draft is gone: nothing of it is kept or saved any more. */
  readonly forget: () => void;
}

const openEditing = (filing: FilingDetail, compiled: CompiledForm): Editing => {
  const opened = openSave(filing, findCopy(sessionStorage, filing.id), Date.now());
  let forgotten = false;
  const saver = createSaver(opened, {
    ...draftClient(filing.id),
    keep: (state) => keepCopy(sessionStorage, filing.id, forgotten ? undefined : unsavedCopy(state)),
    now: Date.now,
    wake: (callback, afterMs) => {
      const timer = setTimeout(callback, afterMs);
      return () => clearTimeout(timer);
    },
  });
  keepCopy(sessionStorage, filing.id, unsavedCopy(opened));
  const draft = openDraft({
    compiled,
    context: { ...filing.context, period: filing.period, kind: filing.kind },
    answers: opened.answers,
    onChange: (answers) => saver.tell({ event: 'typed', answers, now: Date.now() }),
  });
  return {
    draft,
    saver,
    wasRestored: opened.step.step !== 'idle',
    resolve: (answers) => {
      draft.replace(answers);
      saver.tell({ event: 'resolved', answers });
    },
    adopt: (theirs) => {
      saver.tell({ event: 'adopted', theirs });
      const adopted = saver.state().answers === theirs.answers && draft.answers() !== theirs.answers;
      if (adopted) draft.replace(theirs.answers);
      return adopted;
    },
    forget: () => {
      forgotten = true;
      saver.stop();
      keepCopy(sessionStorage, filing.id, undefined);
    },
  };
};

const watchSession = (saver: Saver): (() => void) => {
  let waits = false;
  return saver.subscribe(() => {
    if (waits || saver.state().step.step !== 'paused') return;
    waits = true;
    const back = (): void => {
      waits = false;
      saver.tell({ event: 'session_back' });
    };
    // Whoever does not come back leaves the page; what is unsaved stays in the window's storage.
    sessionGate.waitUntilOpen().then(back, () => (waits = false));
  });
};

const watchWindow = (saver: Saver): (() => void) => {
  const flush = (): void => saver.tell({ event: 'flush' });
  const flushWhenHidden = (): void => {
    if (document.visibilityState === 'hidden') flush();
  };
  const warn = (event: BeforeUnloadEvent): void => {
    if (!isUnsaved(saver.state())) return;
    // While the browser asks, the save is already on its way.
    flush();
    event.preventDefault();
  };
  window.addEventListener('blur', flush);
  window.addEventListener('pagehide', flush);
  window.addEventListener('online', flush);
  window.addEventListener('beforeunload', warn);
  document.addEventListener('visibilitychange', flushWhenHidden);
  return () => {
    window.removeEventListener('blur', flush);
    window.removeEventListener('pagehide', flush);
    window.removeEventListener('online', flush);
    window.removeEventListener('beforeunload', warn);
    document.removeEventListener('visibilitychange', flushWhenHidden);
  };
};

/** Opens a draft for editing and keeps it saved while the component lives; leaving saves at once. */
export const useEditing = (filing: FilingDetail, compiled: CompiledForm): Editing => {
  const [editing] = useState(() => openEditing(filing, compiled));
  useEffect(() => {
    const { saver } = editing;
    saver.start();
    const stopWatching = [watchSession(saver), watchWindow(saver)];
    return () => {
      saver.tell({ event: 'flush' });
      saver.stop();
      for (const stop of stopWatching) stop();
    };
  }, [editing]);
  return editing;
};
