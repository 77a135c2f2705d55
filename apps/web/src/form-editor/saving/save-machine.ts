/**
 * How a draft keeps itself saved; pure, so that every order of typing, failing and returning can be tried.
 *
 *   idle -> waiting (typed) -> saving -> idle
 *   saving -> retrying (no answer)      -> saving again, later and later
 *   saving -> paused (session ended)    -> saving after the login
 *   saving -> fetching (changed elsewhere) -> conflict -> saving what was chosen, over the newest version
 *   saving -> refused (no longer a draft)
 *
 * One save is under way at a time. `answers` is what the screen shows and is never replaced by the server's copy unless the
 * person chose it. A save without an answer may have arrived: `attempted` remembers it, so that one's own save coming back as
 * "changed elsewhere" is recognised.
 */
import type { Answers } from '@sochi/forms-engine';
import { sameAnswers } from '../draft/edit-answers.ts';

export interface ServerCopy {
  readonly version: number;
  readonly answers: Answers;
}

export type SaveStep =
  | { readonly step: 'idle' }
  | { readonly step: 'waiting'; readonly since: number; readonly dueAt: number }
  | { readonly step: 'saving'; readonly sent: Answers; readonly tries: number }
  | { readonly step: 'fetching'; readonly tries: number }
  | {
      readonly step: 'retrying';
      readonly goal: 'saving' | 'fetching';
      readonly tries: number;
      readonly dueAt: number;
    }
  | { readonly step: 'paused'; readonly goal: 'saving' | 'fetching' }
  | { readonly step: 'conflict'; readonly theirs: ServerCopy }
  | { readonly step: 'refused'; readonly code: string };

export interface SaveState {
  /** The server's version that the screen was made from, and what it said. */
  readonly version: number;
  readonly saved: Answers;
  readonly answers: Answers;
  readonly attempted: readonly Answers[];
  /** When the server last kept what the screen shows, in milliseconds; undefined before the first save. */
  readonly savedAt: number | undefined;
  readonly step: SaveStep;
}

/** `now` is in milliseconds everywhere. */
export type SaveEvent =
  | { readonly event: 'typed'; readonly answers: Answers; readonly now: number }
  | { readonly event: 'due'; readonly now: number }
  /** Save now: Ctrl+S, leaving a field, the network is back. */
  | { readonly event: 'flush' }
  | { readonly event: 'saved'; readonly version: number; readonly savedAt: number; readonly now: number }
  | { readonly event: 'failed'; readonly code: string; readonly now: number }
  | { readonly event: 'fetched'; readonly theirs: ServerCopy; readonly now: number }
  | { readonly event: 'resolved'; readonly answers: Answers }
  | { readonly event: 'session_back' }
  /** Another window saved and nothing is unsaved here. */
  | { readonly event: 'adopted'; readonly theirs: ServerCopy };

/** Typing rests this long before a save. */
export const TYPING_PAUSE_MS = 600;
/** Somebody who never rests is saved at least this often. */
export const LONGEST_WAIT_MS = 4000;
const LONGEST_RETRY_MS = 30_000;
const ATTEMPTS_KEPT = 50;

const SESSION_CODES = new Set(['session.expired', 'session.required']);
const TRY_AGAIN_CODES = new Set(['network', 'server.failed', 'server.unavailable', 'request.rate_limited']);
/** Typing on can cure these; after others the draft is no more. */
const CURABLE_CODES = new Set(['draft.invalid_answers', 'request.invalid', 'request.too_large']);

/** Waiting time before a try: 1, 2, 4 ... seconds, at most 30. */
export const retryDelayMs = (tries: number): number => Math.min(1000 * 2 ** (tries - 1), LONGEST_RETRY_MS);

const saving = (state: SaveState, tries = 0): SaveState => ({
  ...state,
  step: { step: 'saving', sent: state.answers, tries },
});

const go = (state: SaveState, goal: 'saving' | 'fetching', tries = 0): SaveState =>
  goal === 'saving' ? saving(state, tries) : { ...state, step: { step: 'fetching', tries } };

const remember = (state: SaveState): readonly Answers[] => {
  if (state.step.step !== 'saving') return state.attempted;
  const { sent } = state.step;
  return [...state.attempted.filter((answers) => !sameAnswers(answers, sent)), sent].slice(-ATTEMPTS_KEPT);
};

const typed = (state: SaveState, answers: Answers, now: number): SaveState => {
  const next = { ...state, answers };
  const { step } = state;
  const curable = step.step === 'refused' && CURABLE_CODES.has(step.code);
  if (step.step !== 'idle' && step.step !== 'waiting' && !curable) return next;
  if (state.attempted.length === 0 && sameAnswers(answers, state.saved))
    return { ...next, step: { step: 'idle' } };
  const since = step.step === 'waiting' ? step.since : now;
  return {
    ...next,
    step: { step: 'waiting', since, dueAt: Math.min(now + TYPING_PAUSE_MS, since + LONGEST_WAIT_MS) },
  };
};

const settled = (state: SaveState, now: number): SaveState =>
  sameAnswers(state.answers, state.saved)
    ? { ...state, step: { step: 'idle' } }
    : { ...state, step: { step: 'waiting', since: now, dueAt: now + TYPING_PAUSE_MS } };

const failed = (state: SaveState, code: string, now: number): SaveState => {
  const { step } = state;
  if (step.step !== 'saving' && step.step !== 'fetching') return state;
  const next = { ...state, attempted: remember(state) };
  if (SESSION_CODES.has(code)) return { ...next, step: { step: 'paused', goal: step.step } };
  if (code === 'draft.changed_elsewhere') return { ...next, step: { step: 'fetching', tries: 0 } };
  if (!TRY_AGAIN_CODES.has(code)) return { ...next, step: { step: 'refused', code } };
  const tries = step.tries + 1;
  return { ...next, step: { step: 'retrying', goal: step.step, tries, dueAt: now + retryDelayMs(tries) } };
};

/** The state built on the server's newest version, nothing in doubt. */
const rebased = (state: SaveState, theirs: ServerCopy): SaveState => ({
  ...state,
  version: theirs.version,
  saved: theirs.answers,
  attempted: [],
});

const fetched = (state: SaveState, theirs: ServerCopy, now: number): SaveState => {
  const ours = [state.saved, state.answers, ...state.attempted];
  if (!ours.some((answers) => sameAnswers(answers, theirs.answers)))
    return { ...state, step: { step: 'conflict', theirs } };
  const next = rebased(state, theirs);
  if (sameAnswers(next.answers, next.saved)) return { ...next, savedAt: now, step: { step: 'idle' } };
  return saving(next);
};

const resolved = (state: SaveState, answers: Answers): SaveState => {
  if (state.step.step !== 'conflict') return state;
  const next = { ...rebased(state, state.step.theirs), answers };
  return sameAnswers(answers, next.saved) ? { ...next, step: { step: 'idle' } } : saving(next);
};

const flush = (state: SaveState): SaveState => {
  const { step } = state;
  if (step.step === 'waiting') return saving(state);
  if (step.step === 'retrying') return go(state, step.goal, step.tries);
  if (step.step === 'refused' && CURABLE_CODES.has(step.code)) return saving(state);
  return state;
};

const due = (state: SaveState, now: number): SaveState => {
  const { step } = state;
  if ((step.step !== 'waiting' && step.step !== 'retrying') || now < step.dueAt) return state;
  return flush(state);
};

/** The next state; an event that does not fit the state changes nothing. */
export const nextSave = (state: SaveState, event: SaveEvent): SaveState => {
  switch (event.event) {
    case 'typed':
      return typed(state, event.answers, event.now);
    case 'due':
      return due(state, event.now);
    case 'flush':
      return flush(state);
    case 'saved':
      if (state.step.step !== 'saving') return state;
      return settled(
        { ...rebased(state, { version: event.version, answers: state.step.sent }), savedAt: event.savedAt },
        event.now,
      );
    case 'failed':
      return failed(state, event.code, event.now);
    case 'fetched':
      return state.step.step === 'fetching' ? fetched(state, event.theirs, event.now) : state;
    case 'resolved':
      return resolved(state, event.answers);
    case 'session_back':
      return state.step.step === 'paused' ? go(state, state.step.goal) : state;
    case 'adopted':
      if (state.step.step !== 'idle' || event.theirs.version <= state.version) return state;
      return { ...rebased(state, event.theirs), answers: event.theirs.answers };
  }
};

/** Whether closing the window now could lose something typed. */
export const isUnsaved = ({ step }: SaveState): boolean => step.step !== 'idle';
