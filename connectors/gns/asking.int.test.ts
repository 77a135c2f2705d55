import type { ReportDelivery } from '@sochi/connector-kit';
import { startFakeAgency, type FakeAgency, type Play } from '@sochi/connector-kit/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connector } from './index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const HASHES = { reportSha256: 'a'.repeat(64), signatureSha256: 'b'.repeat(64) };
const DELIVERY: ReportDelivery = {
  number: '2026/42',
  formId: 'gns/sti-091/9',
  period: { from: '2026-07-01', to: '2026-09-30' },
  companyInn: '01503201810015',
  office: '004',
  reportXml: bytes('<report/>'),
  signature: bytes('a signature'),
  ...HASHES,
};
const RECEIVED = { status: 'received', agencyNumber: 'A-1', receipt: 'e30=', signature: 'eA==', ...HASHES };
const REFUSED = { status: 'refused', reasons: ['taxpayer_is_another'], ...HASHES };

let agency: FakeAgency;
beforeEach(async () => {
  agency = await startFakeAgency();
});
afterEach(() => agency.stop());

const json =
  (status: number, body: unknown): Play =>
  (response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const silent: Play = () => undefined;

/** Answers submissions and questions by number each in its own way. */
const play = (submit: Play, status: Play): void =>
  agency.play((response, request) => (request.method === 'POST' ? submit : status)(response, request));

const deliver = (more: Partial<ReportDelivery> = {}) => {
  let ids = 0;
  const ports = { newId: () => `id-${(ids += 1)}` };
  return connector
    .open({ GNS_URL: agency.url, GNS_TIMEOUT_MS: '200' }, ports)
    .submit({ ...DELIVERY, ...more });
};
const methods = (): string[] => agency.heard.map(({ method }) => method);

it('gets the receipt of a report that was taken and never answered, without sending it again', async () => {
  play(silent, json(200, RECEIVED));
  expect(await deliver()).toMatchObject({ outcome: 'accepted', evidence: { xRoadId: 'id-2' } });
  expect(methods()).toEqual(['POST', 'GET']);
  expect(agency.heard[1]).toMatchObject({
    url: '/r1/KG/GOV/70000002/reports/sti/reports/2026%2F42',
    headers: { 'x-road-id': 'id-2', 'x-road-issue': '2026/42', 'x-road-represented-party': '01503201810015' },
  });
});

it('hears of a refusal it missed', async () => {
  play(json(502, {}), json(422, REFUSED));
  expect(await deliver()).toEqual({ outcome: 'rejected', reasons: ['taxpayer_is_another'] });
});

it('tries again when the agency does not have it', async () => {
  play(silent, json(404, { status: 'absent' }));
  expect(await deliver()).toMatchObject({ outcome: 'retry' });
});

it.each([
  ['a receipt', json(200, { ...RECEIVED, reportSha256: 'c'.repeat(64) })],
  ['a refusal', json(422, { ...REFUSED, signatureSha256: 'c'.repeat(64) })],
  ['a receipt that names no bytes', json(200, { ...RECEIVED, reportSha256: undefined })],
])('asks a person when the number stands for other bytes: %s', async (_, status) => {
  play(silent, status);
  expect(await deliver()).toEqual({
    outcome: 'stuck',
    reason: 'the agency has this number with other bytes',
  });
});

it('asks a person when the agency answers a question by a 404 of another kind: the service is not there', async () => {
  play(silent, json(404, { error: 'no such path' }));
  expect(await deliver()).toMatchObject({ outcome: 'stuck' });
});

it('on a repeat asks before it sends', async () => {
  play(json(200, RECEIVED), json(404, { status: 'absent' }));
  expect(await deliver({ isRepeat: true })).toMatchObject({ outcome: 'accepted' });
  expect(methods()).toEqual(['GET', 'POST']);
});

it('does not send what X-Road cannot carry', async () => {
  expect(await deliver({ reportXml: new Uint8Array(7_500_001) })).toMatchObject({ outcome: 'stuck' });
  expect(methods()).toEqual([]);
});

it('has every word in three languages', () => {
  const { ru, ky, en } = connector.labels;
  const codes = Object.keys(ru.refusals).toSorted();
  for (const labels of [ky, en]) expect(Object.keys(labels.refusals).toSorted()).toEqual(codes);
  for (const labels of [ru, ky, en])
    for (const word of [labels.name, ...Object.values(labels.refusals)]) expect(word).not.toBe('');
  expect(connector.label).toEqual({ ru: ru.name, ky: ky.name, en: en.name });
});
