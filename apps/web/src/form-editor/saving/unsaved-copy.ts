/** The safety net under the autosave: what is typed and not yet saved, kept in the window's own storage until it is. */
import { Answers } from '@sochi/contract';
import * as z from 'zod';
import { nextSave, type SaveState, type ServerCopy } from './save-machine.ts';

const UnsavedCopy = z.object({
  version: z.int(),
  saved: Answers,
  attempted: z.array(Answers),
  answers: Answers,
});
export type UnsavedCopy = z.infer<typeof UnsavedCopy>;

/** What to keep of a state; undefined when everything is saved. A save under way may or may not arrive. */
export const unsavedCopy = (state: SaveState): UnsavedCopy | undefined => {
  const { step, version, saved, answers } = state;
  if (step.step === 'idle') return undefined;
  const attempted = step.step === 'saving' ? [...state.attempted, step.sent] : [...state.attempted];
  return { version, saved, attempted, answers };
};

/** The state to open with: the server's copy, with what was left unsaved on top; nothing is under way yet. */
export const openSave = (server: ServerCopy, copy: UnsavedCopy | undefined, now: number): SaveState => {
  const opened: SaveState = {
    version: server.version,
    saved: server.answers,
    answers: server.answers,
    attempted: [],
    savedAt: undefined,
    step: { step: 'idle' },
  };
  if (!copy) return opened;
  const unsure = { ...opened, attempted: copy.attempted };
  if (copy.version === server.version)
    return nextSave(unsure, { event: 'typed', answers: copy.answers, now });
  const left: SaveState = { ...unsure, ...copy, step: { step: 'fetching', tries: 0 } };
  const next = nextSave(left, { event: 'fetched', theirs: server, now });
  return next.step.step === 'saving' ? { ...next, step: { step: 'waiting', since: now, dueAt: now } } : next;
};

const storageKey = (filingId: string): string => `sochi.draft.${filingId}`;

/** Keeps or drops the copy of one filing; a full or forbidden storage is not worth a word: the autosave still runs. */
export const keepCopy = (storage: Storage, filingId: string, copy: UnsavedCopy | undefined): void => {
  try {
    if (copy) storage.setItem(storageKey(filingId), JSON.stringify(copy));
    else storage.removeItem(storageKey(filingId));
  } catch {
    // The net under the rope is missing; the rope holds.
  }
};

/** The copy left by this window, if there is one that can be read. */
export const findCopy = (storage: Storage, filingId: string): UnsavedCopy | undefined => {
  try {
    const text = storage.getItem(storageKey(filingId));
    return text === null ? undefined : UnsavedCopy.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
};
