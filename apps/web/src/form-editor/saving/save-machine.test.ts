import { describe, expect, it } from 'vitest';
import {
  LONGEST_WAIT_MS,
  TYPING_PAUSE_MS,
  nextSave,
  retryDelayMs,
  type SaveEvent,
  type SaveState,
} from './save-machine.ts';

const typed = (text: string) => ({ cells: { '050': text }, tables: {} });
const EMPTY = { cells: {}, tables: {} };
const START: SaveState = {
  version: 1,
  saved: EMPTY,
  answers: EMPTY,
  attempted: [],
  savedAt: undefined,
  step: { step: 'idle' },
};
const after = (...events: SaveEvent[]): SaveState => events.reduce(nextSave, START);
const type = (text: string, now = 0): SaveEvent => ({ event: 'typed', answers: typed(text), now });
const flush: SaveEvent = { event: 'flush' };
const fail = (code: string, now = 0): SaveEvent => ({ event: 'failed', code, now });
const saved = (version: number): SaveEvent => ({ event: 'saved', version, savedAt: 5, now: 5 });

describe('typing', () => {
  it('saves when typing rests, not before', () => {
    const waiting = after(type('1', 0), type('10', 400));
    expect(nextSave(waiting, { event: 'due', now: TYPING_PAUSE_MS }).step.step).toBe('waiting');
    const saving = nextSave(waiting, { event: 'due', now: 400 + TYPING_PAUSE_MS });
    expect(saving.step).toMatchObject({ step: 'saving', sent: typed('10') });
  });

  it('saves somebody who never rests', () => {
    const events = Array.from({ length: 100 }, (_, index) => type(String(index), index * 500));
    expect(after(...events).step).toMatchObject({ dueAt: LONGEST_WAIT_MS });
  });

  it('has nothing to save when the text is back as it was', () => {
    expect(after(type('1'), type('')).step.step).toBe('idle');
  });

  it('saves again what was typed during a save', () => {
    const state = after(type('1'), flush, type('12'), saved(2));
    expect(state).toMatchObject({
      version: 2,
      saved: typed('1'),
      answers: typed('12'),
      step: { step: 'waiting' },
    });
  });
});

describe('failures', () => {
  it('tries again later and later, at most every half minute', () => {
    expect([1, 2, 3, 4, 5, 6, 20].map(retryDelayMs)).toEqual([
      1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
    const state = after(type('1'), flush, fail('network', 100));
    expect(state.step).toMatchObject({ step: 'retrying', tries: 1, dueAt: 1100 });
    const second = nextSave(nextSave(state, { event: 'due', now: 1100 }), fail('server.unavailable', 1200));
    expect(second.step).toMatchObject({ step: 'retrying', tries: 2, dueAt: 3200 });
  });

  it('waits for the login when the session ended, typing or not', () => {
    const paused = after(type('1'), flush, fail('session.expired'), type('12'), flush);
    expect(paused).toMatchObject({ answers: typed('12'), step: { step: 'paused' } });
    expect(nextSave(paused, { event: 'session_back' }).step).toMatchObject({
      step: 'saving',
      sent: typed('12'),
    });
  });

  it('stops for good when it is no longer a draft, but not for a text that can be mended', () => {
    expect(after(type('1'), flush, fail('filing.not_editable'), type('12'), flush).step.step).toBe('refused');
    expect(after(type('1'), flush, fail('draft.invalid_answers'), type('12')).step.step).toBe('waiting');
  });
});

describe('changed elsewhere', () => {
  const changed = fail('draft.changed_elsewhere');
  const fetched = (text: string): SaveEvent => ({
    event: 'fetched',
    theirs: { version: 7, answers: typed(text) },
    now: 9,
  });

  it('asks when another window says something else', () => {
    const state = after(type('1'), flush, changed, fetched('99'));
    expect(state.step).toMatchObject({ step: 'conflict', theirs: { version: 7 } });
    expect(state.answers).toEqual(typed('1'));
  });

  it('saves what was chosen over the newest version', () => {
    const mine = after(type('1'), flush, changed, fetched('99'), { event: 'resolved', answers: typed('1') });
    expect(mine).toMatchObject({
      version: 7,
      saved: typed('99'),
      step: { step: 'saving', sent: typed('1') },
    });
    const theirs = after(type('1'), flush, changed, fetched('99'), {
      event: 'resolved',
      answers: typed('99'),
    });
    expect(theirs).toMatchObject({ version: 7, answers: typed('99'), step: { step: 'idle' } });
  });

  it('knows its own save that arrived though no answer came', () => {
    const state = after(type('1'), flush, fail('network'), type('12'), flush, changed, fetched('1'));
    expect(state).toMatchObject({ version: 7, answers: typed('12'), step: { step: 'saving' } });
    expect(after(type('1'), flush, fail('network'), flush, changed, fetched('1')).step.step).toBe('idle');
  });

  it('takes over what another window saved only while nothing is unsaved here', () => {
    const adopted: SaveEvent = { event: 'adopted', theirs: { version: 3, answers: typed('5') } };
    expect(after(adopted)).toMatchObject({ version: 3, answers: typed('5') });
    expect(after(type('1'), adopted)).toMatchObject({ version: 1, answers: typed('1') });
  });
});
