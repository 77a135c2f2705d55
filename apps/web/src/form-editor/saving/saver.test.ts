import type { Answers } from '@sochi/forms-engine';
import { expect, it } from 'vitest';
import { createSaver, type SaverPorts } from './saver.ts';
import { findCopy, keepCopy, openSave, unsavedCopy } from './unsaved-copy.ts';

const answers = (text: string): Answers => ({ cells: { '050': text }, tables: {} });
const EMPTY: Answers = { cells: {}, tables: {} };
class Refusal extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** A clock that is moved by hand, a server that can be away, and a storage. */
const aWorld = () => {
  const kept = new Map<string, string>();
  const storage: Storage = {
    length: 0,
    key: () => null,
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
  const server = { version: 1, answers: EMPTY, saves: 0, away: false };
  let now = 0;
  let timers: { at: number; callback: () => void }[] = [];
  const ports: SaverPorts = {
    save: (version, sent) => {
      server.saves += 1;
      if (server.away) return Promise.reject(new Refusal('network'));
      if (version !== server.version) return Promise.reject(new Refusal('draft.changed_elsewhere'));
      server.version += 1;
      server.answers = sent;
      return Promise.resolve({ version: server.version, savedAt: now });
    },
    fetch: () => Promise.resolve({ version: server.version, answers: server.answers }),
    codeOf: (failure) => (failure instanceof Refusal ? failure.code : 'server.failed'),
    keep: (state) => keepCopy(storage, 'a', unsavedCopy(state)),
    now: () => now,
    wake: (callback, afterMs) => {
      const timer = { at: now + afterMs, callback };
      timers.push(timer);
      return () => (timers = timers.filter((other) => other !== timer));
    },
  };
  const pass = async (ms: number): Promise<void> => {
    const until = now + ms;
    for (;;) {
      const next = timers.toSorted((left, right) => left.at - right.at)[0];
      if (!next || next.at > until) break;
      now = next.at;
      timers = timers.filter((timer) => timer !== next);
      next.callback();
      await new Promise((resolve) => setImmediate(resolve));
    }
    now = until;
  };
  const open = () => {
    const saver = createSaver(openSave(server, findCopy(storage, 'a'), now), ports);
    saver.start();
    return { saver, type: (text: string) => saver.tell({ event: 'typed', answers: answers(text), now }) };
  };
  return { server, storage, pass, open };
};

it('saves once within a second after the last key', async () => {
  const { server, pass, open } = aWorld();
  const { type } = open();
  for (const text of ['1', '10', '100']) {
    type(text);
    await pass(200);
  }
  expect(server.saves).toBe(0);
  await pass(800);
  expect(server).toMatchObject({ saves: 1, answers: answers('100') });
});

it('saves what was typed while the server was away, when it is back', async () => {
  const { server, storage, pass, open } = aWorld();
  const { saver, type } = open();
  server.away = true;
  type('5');
  await pass(20_000);
  expect(saver.state().step.step).toBe('retrying');
  expect(server.saves).toBeGreaterThan(3);
  expect(findCopy(storage, 'a')?.answers).toEqual(answers('5'));
  server.away = false;
  await pass(31_000);
  expect(server.answers).toEqual(answers('5'));
  expect(findCopy(storage, 'a')).toBeUndefined();
});

it('settles: saved, or what stands in the way', async () => {
  const { server, open } = aWorld();
  const { saver, type } = open();
  type('7');
  expect((await saver.settle()).step.step).toBe('idle');
  expect(server.answers).toEqual(answers('7'));
  server.away = true;
  type('8');
  expect((await saver.settle()).step.step).toBe('retrying');
});

it('does nothing once it is stopped, and goes on when it is started again', async () => {
  const { server, pass, open } = aWorld();
  const { saver, type } = open();
  type('9');
  saver.stop();
  await pass(5000);
  expect(server.saves).toBe(0);
  saver.start();
  await pass(1);
  expect(server.answers).toEqual(answers('9'));
});

it('brings back after a reload what had not been saved', async () => {
  const { server, pass, open } = aWorld();
  const first = open();
  first.type('11');
  first.saver.stop();
  const { saver } = open();
  expect(saver.state().answers).toEqual(answers('11'));
  await pass(1000);
  expect(server.answers).toEqual(answers('11'));
});

it('asks after a reload when another window has saved meanwhile', () => {
  const { server, open } = aWorld();
  const first = open();
  first.type('11');
  first.saver.stop();
  server.version = 4;
  server.answers = answers('99');
  const { saver } = open();
  expect(saver.state()).toMatchObject({ answers: answers('11'), step: { step: 'conflict' } });
});

it('opens with the server’s copy where the storage holds nonsense', () => {
  const { storage, open } = aWorld();
  storage.setItem('sochi.draft.a', '{"version":"x"}');
  expect(open().saver.state()).toMatchObject({ answers: EMPTY, step: { step: 'idle' } });
});
