/**
 * One live stream for all tabs of a browser: browsers open six connections to a server, and a stream per tab would leave the
 * seventh tab waiting for ever. The tab that holds the lock has the stream and passes on what comes; when it is closed, the
 * next tab in line opens its own. Without locks (no secure context) each tab has its own stream.
 */
const NAME = 'sochi.live';
/** The lock of a free name is given at once; after this long somebody else has it. */
const FOLLOW_MS = 300;

export interface StreamSays {
  readonly opened: () => void;
  readonly failed: () => void;
  readonly filing: (text: string) => void;
  readonly sessionEnded: () => void;
}

const openOwn = (url: string, says: StreamSays): (() => void) => {
  const stream = new EventSource(url);
  stream.addEventListener('open', says.opened);
  stream.addEventListener('error', says.failed);
  stream.addEventListener('filing', ({ data }: MessageEvent<string>) => says.filing(data));
  stream.addEventListener('session', says.sessionEnded);
  return () => stream.close();
};

/** Leads when no other tab does; `pass` hands to the others what comes. Returns how to stop, which lets the next tab lead. */
const lead = (url: string, says: StreamSays): (() => void) => {
  const stopped = new AbortController();
  const channel = new BroadcastChannel(NAME);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') says.filing(data);
    else says.opened();
  });
  const holdStream = (): Promise<void> =>
    new Promise((release) => {
      const close = openOwn(url, {
        ...says,
        opened: () => {
          says.opened();
          // Whatever was missed before: the others look again too.
          channel.postMessage(null);
        },
        filing: (text) => {
          says.filing(text);
          channel.postMessage(text);
        },
      });
      stopped.signal.addEventListener('abort', () => {
        close();
        release();
      });
    });
  // Another tab may lead already: until it stops, its news are ours.
  const following = setTimeout(says.opened, FOLLOW_MS);
  navigator.locks
    .request(NAME, { signal: stopped.signal }, () => {
      clearTimeout(following);
      return holdStream();
    })
    // Called off while waiting in line: nothing to undo.
    .catch(() => undefined);
  return () => {
    clearTimeout(following);
    stopped.abort();
    channel.close();
  };
};

/** Opens the browser's stream, or follows the tab that has it. Returns how to stop. */
export const openSharedStream = (url: string, says: StreamSays): (() => void) =>
  'locks' in navigator ? lead(url, says) : openOwn(url, says);
