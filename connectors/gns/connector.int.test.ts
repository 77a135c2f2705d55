import type { ReportDelivery } from '@sochi/connector-kit';
import { connectorContract, startFakeAgency, type FakeAgency } from '@sochi/connector-kit/testing';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connector } from './index.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

connectorContract({
  name: 'gns',
  open: (baseUrl, timeoutMs) => connector.open({ GNS_URL: baseUrl, GNS_TIMEOUT_MS: String(timeoutMs) }),
  replies: {
    received: ({ agencyNumber, json, p7s }) => ({
      status: 'received',
      agencyNumber,
      receipt: base64(json),
      signature: base64(p7s),
    }),
    refused: { status: 422, body: (reasons) => ({ status: 'refused', reasons }) },
    decisions: ({ cursor, decisions }) => ({
      cursor,
      decisions: decisions.map(({ filingNumber, json, p7s }) => ({
        filingNumber,
        decision: base64(json),
        signature: base64(p7s),
      })),
    }),
  },
});

it('names every wrong setting in one sentence, and repeats no password', () => {
  const open = () =>
    connector.open({
      GNS_URL: 'http://portal:hunter2@127.0.0.1:1',
      GNS_CLIENT: 'KG',
      GNS_TIMEOUT_MS: 'soon',
    });
  expect(open).toThrow(/GNS_URL.*GNS_CLIENT.*GNS_TIMEOUT_MS/);
  expect(open).not.toThrow(/hunter2/);
});

const folder = new URL('fixtures/', import.meta.url);
const REPLIES = readdirSync(folder).filter((name) => name !== 'request.json');
const fixture = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const DELIVERY: ReportDelivery = {
  number: '2026-00000042',
  formId: 'gns/sti-091/9',
  period: { from: '2026-07-01', to: '2026-09-30' },
  companyInn: '01503201810015',
  office: '004',
  reportXml: bytes('<report/>'),
  signature: bytes('a signature'),
  reportSha256: '',
  signatureSha256: '',
};

const RecordedReply = z.object({
  reply: z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string() }),
  outcome: z.looseObject({ outcome: z.string() }),
});

describe('recorded conversations', () => {
  let agency: FakeAgency;
  beforeAll(async () => {
    agency = await startFakeAgency();
  });
  afterAll(() => agency.stop());
  const submit = () => connector.open({ GNS_URL: agency.url }).submit(DELIVERY);

  it.each(REPLIES)('%s', async (name) => {
    const { reply, outcome } = RecordedReply.parse(fixture(name));
    agency.play((response) => response.writeHead(reply.status, reply.headers).end(reply.body));
    expect(await submit()).toMatchObject(outcome);
  });

  it('asks exactly as recorded', async () => {
    const request = z
      .looseObject({ about: z.string(), headers: z.looseObject({}) })
      .parse(fixture('request.json'));
    const { about: _, headers, ...recorded } = request;
    await submit();
    const asked = agency.heard.at(-1);
    expect({ ...asked, headers: {}, body: JSON.parse(asked?.body ?? 'null') as unknown }).toEqual({
      ...recorded,
      headers: {},
    });
    expect(asked?.headers).toMatchObject(headers);
    expect(asked?.headers['x-road-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('puts no part of an identifier into another place', async () => {
    const odd = connector.open({
      GNS_URL: `${agency.url}/`,
      GNS_SERVICE: 'KG/GOV/7 0/a?b/c#d',
      GNS_CLIENT: 'KG/COM/ОсОО/sochi',
    });
    await odd.submit(DELIVERY);
    expect(agency.heard.at(-1)?.url).toBe('/r1/KG/GOV/7%200/a%3Fb/c%23d/reports');
    expect(agency.heard.at(-1)?.headers['x-road-client']).toBe('KG/COM/%D0%9E%D1%81%D0%9E%D0%9E/sochi');
  });
});

it('hands on a decision that is not even base64, instead of losing those after it', async () => {
  const agency = await startFakeAgency();
  try {
    const decisions = [{ filingNumber: '1', decision: 'не base64', signature: '' }];
    agency.play((response) => response.end(JSON.stringify({ cursor: '1', decisions })));
    const page = await connector
      .open({ GNS_URL: agency.url })
      .decisions({ after: '', waitMs: 0, signal: new AbortController().signal });
    expect(page).toEqual({
      cursor: '1',
      decisions: [{ filingNumber: '1', json: bytes('не base64'), p7s: bytes('') }],
    });
  } finally {
    await agency.stop();
  }
});
