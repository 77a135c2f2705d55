import type { Answers } from '@sochi/forms-engine';
import { nextSave, type SaveEvent, type SaveState, type ServerCopy } from './save-machine.ts';

/** What the saver needs of the world; failures arrive as the code that `codeOf` finds in them. */
export interface SaverPorts {
  readonly save: (version: number, answers: Answers) => Promise<{ version: number; savedAt: number }>;
  readonly fetch: () => Promise<ServerCopy>;
  readonly codeOf: (failure: unknown) => string;
  /** Keeps a copy of what is unsaved, or drops it. */
  readonly keep: (state: SaveState) => void;
  readonly now: () => number;
  /** Calls back after so many milliseconds; gives a function that calls it off. */
  readonly wake: (callback: () => void, afterMs: number) => () => void;
}

/** The save machine at work: it saves, retries and wakes by itself. */
export interface Saver {
  readonly state: () => SaveState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly tell: (event: SaveEvent) => void;
  /** Saves now; the step it came to rest in: `idle` when saved, otherwise what stands in the way. */
  readonly settle: () => Promise<SaveState>;
  /** Lets its timers run; a stopped one can start again. */
  readonly start: () => void;
  readonly stop: () => void;
}

const isAtWork = ({ step }: SaveState): boolean => step.step === 'saving' || step.step === 'fetching';

const settle = ({
  state,
  subscribe,
  tell,
}: Pick<Saver, 'state' | 'subscribe' | 'tell'>): Promise<SaveState> => {
  tell({ event: 'flush' });
  return new Promise((resolve) => {
    const look = (): void => {
      if (state().step.step === 'waiting') tell({ event: 'flush' });
      if (isAtWork(state()) || state().step.step === 'waiting') return;
      unsubscribe();
      resolve(state());
    };
    const unsubscribe = subscribe(look);
    look();
  });
};

/** A saver opened in a resting state (see `openSave`); `start` it when the screen appears, `stop` it when it goes. */
export const createSaver = (opened: SaveState, ports: SaverPorts): Saver => {
  const listeners = new Set<() => void>();
  let state = opened;
  let callOff: () => void = () => undefined;
  let stopped = true;

  const sleep = (): void => {
    callOff();
    const { step } = state;
    const sleeps = !stopped && (step.step === 'waiting' || step.step === 'retrying');
    callOff = sleeps
      ? ports.wake(() => tell({ event: 'due', now: ports.now() }), Math.max(0, step.dueAt - ports.now()))
      : () => undefined;
  };

  const work = (): void => {
    const { step } = state;
    sleep();
    const fail = (failure: unknown): void =>
      tell({ event: 'failed', code: ports.codeOf(failure), now: ports.now() });
    if (step.step === 'saving')
      ports
        .save(state.version, step.sent)
        .then((saved) => tell({ event: 'saved', ...saved, now: ports.now() }), fail);
    else if (step.step === 'fetching')
      ports.fetch().then((theirs) => tell({ event: 'fetched', theirs, now: ports.now() }), fail);
  };

  const tell = (event: SaveEvent): void => {
    const before = state;
    state = nextSave(before, event);
    if (state === before) return;
    ports.keep(state);
    if (state.step !== before.step) work();
    for (const listener of listeners) listener();
  };

  const subscribe = (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  const present = { state: () => state, subscribe, tell };
  return {
    ...present,
    settle: () => settle(present),
    start: () => {
      stopped = false;
      sleep();
    },
    stop: () => {
      stopped = true;
      sleep();
    },
  };
};
