import { expect, it } from 'vitest';
import { keepLive, POLL_MS, waitBefore, type LiveState } from './live-connection.ts';

type Timer = { at: number; run: () => void };

/** A stream and a clock that the test moves by hand. */
const stage = () => {
  let now = 0;
  const timers = new Set<Timer>();
  const streams: { opened: () => void; failed: () => void; closed: boolean }[] = [];
  const states: LiveState[] = [];
  let refreshes = 0;
  const stop = keepLive({
    open: (says) => {
      const stream = { ...says, closed: false };
      streams.push(stream);
      return () => {
        stream.closed = true;
      };
    },
    after: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    refresh: () => {
      refreshes += 1;
    },
    tellState: (state) => states.push(state),
  });
  const pass = (milliseconds: number): void => {
    const end = now + milliseconds;
    for (;;) {
      const next = [...timers].sort((a, b) => a.at - b.at).find(({ at }) => at <= end);
      if (!next) break;
      timers.delete(next);
      now = next.at;
      next.run();
    }
    now = end;
  };
  return { streams, states, pass, stop, refreshes: () => refreshes, timers };
};

it('is live while the stream is open and asks once for what may have been missed', () => {
  const { streams, states, refreshes, pass } = stage();
  streams[0]?.opened();
  pass(60_000);
  expect(states).toEqual(['connecting', 'live']);
  expect(refreshes()).toBe(1);
});

it('polls every five seconds while the stream is down and tries again ever more slowly', () => {
  const { streams, states, refreshes, pass } = stage();
  streams[0]?.failed();
  expect(streams[0]?.closed).toBe(true);
  pass(1_000);
  expect(streams).toHaveLength(2);
  streams[1]?.failed();
  pass(1_999);
  expect(streams).toHaveLength(2);
  pass(1);
  expect(streams).toHaveLength(3);
  pass(2 * POLL_MS - 3_000);
  expect(refreshes()).toBe(2);
  streams[2]?.opened();
  pass(60_000);
  expect(refreshes()).toBe(3);
  expect(states).toEqual(['connecting', 'polling', 'polling', 'live']);
  expect([0, 1, 2, 3, 4, 50].map(waitBefore)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
});

it('starts again from a short wait after it was live, and hears nothing of a stream it gave up', () => {
  const { streams, pass, refreshes } = stage();
  streams[0]?.opened();
  streams[0]?.failed();
  streams[0]?.failed();
  streams[0]?.opened();
  expect(refreshes()).toBe(1);
  pass(1_000);
  expect(streams).toHaveLength(2);
});

it('leaves nothing behind when it is stopped', () => {
  const { streams, pass, stop, refreshes, timers } = stage();
  streams[0]?.failed();
  stop();
  pass(60_000);
  expect(streams).toHaveLength(1);
  expect(refreshes()).toBe(0);
  expect(timers.size).toBe(0);
});
