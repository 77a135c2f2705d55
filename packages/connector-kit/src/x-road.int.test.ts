import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeAgency, type FakeAgency } from './testing/fake-agency.ts';
import { answer, hang } from './testing/plays.ts';
import { callXRoad, type XRoadReply, type XRoadRequest } from './x-road.ts';

let agency: FakeAgency;
beforeEach(async () => {
  agency = await startFakeAgency();
});
afterEach(() => agency.stop());

const call = (more: Partial<XRoadRequest> = {}): Promise<XRoadReply> =>
  callXRoad({
    baseUrl: agency.url,
    client: ['KG', 'COM', '6/7', 'ü'],
    service: ['KG', 'GOV', '7', 'a b', 's'],
    method: 'GET',
    path: '/x?y=1',
    timeoutMs: 300,
    limitBytes: 1_000,
    messageId: 'id-1',
    ...more,
  });

it('sends the headers of the protocol, each part encoded, and only those given', async () => {
  agency.play(answer(200, {}));
  await call({ issue: '42', userId: 'KG20101199000017', representedParty: ['COM', '0/1'] });
  await call();
  const [full, bare] = agency.heard;
  expect(full?.url).toBe('/r1/KG/GOV/7/a%20b/s/x?y=1');
  expect(full?.headers).toMatchObject({
    'x-road-client': 'KG/COM/6%2F7/%C3%BC',
    'x-road-id': 'id-1',
    'x-road-issue': '42',
    'x-road-userid': 'KG20101199000017',
    'x-road-represented-party': 'COM/0%2F1',
    accept: 'application/json',
  });
  for (const name of ['x-road-issue', 'x-road-userid', 'x-road-represented-party', 'content-type'])
    expect(bare?.headers).not.toHaveProperty(name);
});

it('takes the answer to another message for a fault, and the echo of its own for an answer', async () => {
  agency.play(answer(200, {}, { 'x-road-id': 'id-2' }));
  expect(await call()).toMatchObject({ kind: 'fault', type: 'client.inconsistent_response' });
  agency.play(answer(200, {}, { 'x-road-id': 'id-1' }));
  expect(await call()).toMatchObject({ kind: 'answer', status: 200 });
});

it('says in words that the time is over', async () => {
  agency.play(hang);
  expect(await call()).toEqual({ kind: 'none', reason: 'no whole answer within 300 ms' });
});

it('reads up to its limit and not a byte more', async () => {
  agency.play(answer(200, 'x'.repeat(1_000)));
  expect(await call()).toMatchObject({ kind: 'answer' });
  agency.play(answer(200, 'x'.repeat(1_001)));
  expect(await call()).toEqual({ kind: 'none', reason: 'the reply is larger than 1000 bytes' });
});
