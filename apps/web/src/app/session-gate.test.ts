import { ApiError, endpoints, type Client, type ErrorCode } from '@sochi/contract';
import { expect, it, vi } from 'vitest';
import { createSessionGate, guardWithGate } from './session-gate.ts';

const refusal = (code: ErrorCode): ApiError =>
  new ApiError({ type: '', title: '', status: 401, detail: '', code, data: {}, requestId: 'r' });

/** A client that answers these in turn: an error is thrown, anything else returned. */
const clientOf = (...answers: unknown[]): { client: Client; calls: () => number } => {
  const fake = vi.fn<() => Promise<unknown>>(() => {
    const answer = answers.shift();
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  });
  // The gate only passes arguments and answers through; their types belong to the real client.
  return { client: fake as unknown as Client, calls: () => fake.mock.calls.length };
};

const ask = (client: Client, signal?: AbortSignal): Promise<unknown> =>
  client(endpoints.listNews, {}, signal);
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('keeps a refused call until the person is back, then repeats it', async () => {
  const gate = createSessionGate();
  const { client, calls } = clientOf(refusal('session.expired'), 'news');
  const answer = ask(guardWithGate(client, gate));
  await settle();
  expect(gate.isClosed()).toBe(true);
  expect(calls()).toBe(1);
  gate.open();
  expect(await answer).toBe('news');
  expect(calls()).toBe(2);
  expect(gate.isClosed()).toBe(false);
});

it('asks again when the session ends once more meanwhile', async () => {
  const gate = createSessionGate();
  const { client } = clientOf(refusal('session.expired'), refusal('session.required'), 'news');
  const answer = ask(guardWithGate(client, gate));
  await settle();
  gate.open();
  await settle();
  expect(gate.isClosed()).toBe(true);
  gate.open();
  expect(await answer).toBe('news');
});

it('passes other refusals on at once', async () => {
  const gate = createSessionGate();
  const { client } = clientOf(refusal('access.forbidden'));
  await expect(ask(guardWithGate(client, gate))).rejects.toThrow('access.forbidden');
  expect(gate.isClosed()).toBe(false);
});

it('lets go of a call that nobody wants any more, and of all when the person leaves', async () => {
  const gate = createSessionGate();
  const { client } = clientOf(refusal('session.expired'), refusal('session.expired'));
  const guarded = guardWithGate(client, gate);
  const leaving = new AbortController();
  const first = ask(guarded, leaving.signal);
  const second = ask(guarded);
  await settle();
  leaving.abort();
  await expect(first).rejects.toThrow('no longer wanted');
  gate.abandon();
  await expect(second).rejects.toThrow('not taken up again');
});
