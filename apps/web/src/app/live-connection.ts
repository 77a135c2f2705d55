/**
 * Keeps a live stream open for as long as the page is: `live` while it is, and `polling` from a failure until it is open again.
 * While polling, everything shown is asked for every POLL_MS; the next try of the stream comes after 1, 2, 4, 8, then 15 s.
 * What moved while the stream was down is not repeated by the server, so every opening asks for everything shown once.
 */
export const POLL_MS = 5_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

export type LiveState = 'connecting' | 'live' | 'polling';

export interface LiveParts {
  /** Opens a stream and says what becomes of it; returns how to close it. */
  readonly open: (says: { opened: () => void; failed: () => void }) => () => void;
  /** Runs once after that many milliseconds; returns how to call it off. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
  readonly refresh: () => void;
  readonly tellState: (state: LiveState) => void;
}

/** The wait before the n-th try in a row, from 0. */
export const waitBefore = (failures: number): number =>
  Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures, 10), LONGEST_WAIT_MS);

/** Starts; returns how to stop for good. */
export const keepLive = ({ open, after, refresh, tellState }: LiveParts): (() => void) => {
  let failures = 0;
  let close = (): void => undefined;
  let callOffTry = (): void => undefined;
  let callOffPoll: (() => void) | undefined;

  const poll = (): void => {
    callOffPoll = after(POLL_MS, () => {
      refresh();
      poll();
    });
  };
  const stopPolling = (): void => {
    callOffPoll?.();
    callOffPoll = undefined;
  };
  const opened = (): void => {
    failures = 0;
    stopPolling();
    tellState('live');
    refresh();
  };
  const failed = (): void => {
    close();
    tellState('polling');
    if (!callOffPoll) poll();
    callOffTry = after(waitBefore(failures), connect);
    failures += 1;
  };
  const connect = (): void => {
    let over = false;
    const once = (then: () => void) => (): void => {
      if (!over) then();
    };
    const closeStream = open({
      opened: once(opened),
      failed: once(() => {
        over = true;
        failed();
      }),
    });
    close = () => {
      over = true;
      closeStream();
    };
  };

  tellState('connecting');
  connect();
  return () => {
    close();
    callOffTry();
    stopPolling();
  };
};
