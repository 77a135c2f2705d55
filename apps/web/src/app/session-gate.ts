import { ApiError, type Client, type Endpoint, type Input, type Output } from '@sochi/contract';

/**
 * What happens when a session ends under a working page: the refused call waits here, the page keeps everything that was
 * typed, a dialogue asks the PIN again, and then the same call is made once more. A call refused for want of a session did
 * nothing, so repeating it is safe.
 */
export interface SessionGate {
  /** True while calls wait for the person to come back. */
  readonly isClosed: () => boolean;
  readonly close: () => void;
  /** The person is back: what waited goes on. */
  readonly open: () => void;
  /** The person does not come back: what waited fails. */
  readonly abandon: () => void;
  readonly waitUntilOpen: (signal?: AbortSignal) => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
}

type Waiting = { resolve: () => void; reject: (reason: Error) => void };

export const createSessionGate = (): SessionGate => {
  const waiting = new Set<Waiting>();
  const listeners = new Set<() => void>();
  let closed = false;
  const change = (next: boolean): void => {
    closed = next;
    for (const listener of listeners) listener();
  };
  const leave = (how: (one: Waiting) => void): void => {
    const all = [...waiting];
    waiting.clear();
    change(false);
    all.forEach(how);
  };
  return {
    isClosed: () => closed,
    close: () => change(true),
    open: () => leave(({ resolve }) => resolve()),
    abandon: () => leave(({ reject }) => reject(new Error('the session was not taken up again'))),
    waitUntilOpen: (signal) =>
      new Promise((resolve, reject) => {
        const one: Waiting = { resolve, reject };
        waiting.add(one);
        signal?.addEventListener('abort', () => {
          waiting.delete(one);
          reject(new DOMException('no longer wanted', 'AbortError'));
        });
      }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

const isSessionEnd = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'session.expired' || error.code === 'session.required');

/** The same client, except that a call refused for want of a session closes the gate, waits for it to open and is repeated. */
export const guardWithGate =
  (client: Client, gate: SessionGate): Client =>
  async <E extends Endpoint>(endpoint: E, input: Input<E>, signal?: AbortSignal): Promise<Output<E>> => {
    for (;;) {
      try {
        return await client(endpoint, input, signal);
      } catch (error) {
        if (!isSessionEnd(error)) throw error;
        if (!gate.isClosed()) gate.close();
        await gate.waitUntilOpen(signal);
      }
    }
  };
