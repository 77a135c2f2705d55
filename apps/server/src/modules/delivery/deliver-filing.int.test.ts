import type { ConnectorInstance, DeliveryOutcome, ReportDelivery } from '@sochi/connector-kit';
import { openConnectors } from '@sochi/connectors';
import {
  parseAgencyReceipt,
  serialiseAgencyReceipt,
  signDetached,
  type AgencyReceipt,
} from '@sochi/signature';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../app-error.ts';
import { systemClock } from '../../system-clock.ts';
import { aQueuedFiling, createTestPortal, type TestPortal } from '../../test/portal.ts';
import { aSigner, aStranger } from '../../test/a-signer.ts';
import { prepareAgency, type AgencyProcess } from '../../test/training-agency.ts';
import { waitUntil } from '../../test/wait-until.ts';
import { deliverFiling, DeliveryPostponed } from './deliver-filing.ts';

let portal: TestPortal;
let agency: AgencyProcess;
let connector: ConnectorInstance;
const TIMEOUT_MS = 500;

beforeAll(async () => {
  portal = await createTestPortal();
  agency = await prepareAgency(portal);
  await agency.start();
  const [opened] = openConnectors({ GNS_URL: agency.url, GNS_TIMEOUT_MS: String(TIMEOUT_MS) });
  if (!opened) throw new Error('no connector');
  connector = opened;
});
afterAll(async () => {
  await agency.kill();
  await portal.close();
});

const ctx = () => ({ ...portal.ctx, clock: systemClock });
const deliver = (id: string, by: ConnectorInstance = connector) => deliverFiling(ctx(), by, id);

const rowsOf = async (id: string) => {
  const [filing, attempts, documents, events, items] = await Promise.all([
    portal.query<{
      delivery: string;
      check_state: string | null;
      agency_number: string | null;
      handed_over_at: string | null;
      agency_received_at: string | null;
      number: string;
      report: string;
    }>(
      `select delivery, check_state, agency_number, handed_over_at, agency_received_at, number,
              encode(report_sha256, 'hex') as report from filing where id = $1`,
      [id],
    ),
    portal.query<{ outcome: string | null; detail: string | null }>(
      'select outcome, detail from delivery_attempt where filing_id = $1 order by started_at',
      [id],
    ),
    portal.query<{ kind: string; json: Buffer }>(
      'select kind, json from filing_document where filing_id = $1',
      [id],
    ),
    portal.query<{ event: string }>('select event from filing_event where filing_id = $1 order by seq', [id]),
    portal.query<{ kind: string; detail: string }>(
      'select kind, detail from work_item where filing_id = $1',
      [id],
    ),
  ]);
  return {
    filing: filing.rows[0],
    attempts: attempts.rows,
    receipts: documents.rows.filter(({ kind }) => kind === 'agency-receipt'),
    events: events.rows.map(({ event }) => event),
    items: items.rows,
  };
};

const atAgency = async (number: string) =>
  (
    await portal.query<{ report_sha256: string; receipt: Buffer }>(
      'select report_sha256, receipt from agency.report where number = $1',
      [number],
    )
  ).rows;

describe('a delivery', () => {
  it('waits for the time services: the attempt says why, and the next one ends with the same receipt', async () => {
    const { id, number } = await aQueuedFiling(portal);
    const silent = { take: () => Promise.reject(new AppError('timestamp.unavailable', {})) };
    await expect(deliverFiling({ ...ctx(), timestamps: silent }, connector, id)).rejects.toThrow(
      DeliveryPostponed,
    );
    expect((await rowsOf(id)).attempts).toEqual([{ outcome: 'retry', detail: 'timestamp.unavailable' }]);
    const [taken] = await atAgency(number);
    await deliver(id);
    const { filing, receipts } = await rowsOf(id);
    expect(filing?.delivery).toBe('delivered');
    expect(receipts.map(({ json }) => json)).toEqual([taken?.receipt]);
  });

  it('ends with the receipt of the agency for exactly our bytes', async () => {
    const { id, number } = await aQueuedFiling(portal);
    await deliver(id);
    const { filing, receipts, events, attempts } = await rowsOf(id);
    expect(filing).toMatchObject({ delivery: 'delivered', check_state: 'awaiting_check' });
    expect(events.filter((event) => event === 'deliver')).toHaveLength(1);
    expect(attempts).toMatchObject([{ outcome: 'accepted' }]);
    const [report, ...more] = await atAgency(number);
    expect(more).toEqual([]);
    expect(report).toMatchObject({ report_sha256: filing?.report });
    expect(receipts).toEqual([{ kind: 'agency-receipt', json: report?.receipt }]);
    const receipt = parseAgencyReceipt(receipts[0]?.json ?? Buffer.of());
    expect(receipt).toMatchObject({ ok: true, value: { agencyNumber: filing?.agency_number } });
  });

  it('happens once, however many workers run it at once and again', async () => {
    const { id, number } = await aQueuedFiling(portal);
    await Promise.all(Array.from({ length: 8 }, () => deliver(id)));
    await deliver(id);
    const { filing, receipts, events } = await rowsOf(id);
    expect(filing?.delivery).toBe('delivered');
    expect(receipts).toHaveLength(1);
    expect(events.filter((event) => event === 'deliver')).toHaveLength(1);
    expect(await atAgency(number)).toHaveLength(1);
  });

  it('is not begun for a filing that is not queued', async () => {
    await deliver('0199aaaa-0000-7000-8000-000000000000');
    expect((await rowsOf('0199aaaa-0000-7000-8000-000000000000')).attempts).toEqual([]);
  });
});

describe('an agency with bad luck', () => {
  it.each([
    ['error_500', /500/],
    ['garbage', /cannot be read/],
    ['hang', /within 500 ms/],
  ] as const)(
    '%s: the filing stays queued, the reason is kept, and the next attempt delivers it once',
    async (kind, reason) => {
      const { id, number } = await aQueuedFiling(portal);
      await agency.order({ kind, count: 2 });
      await expect(deliver(id)).rejects.toThrow(DeliveryPostponed);
      await expect(deliver(id)).rejects.toThrow(reason);
      const waiting = await rowsOf(id);
      expect(waiting.filing).toMatchObject({
        delivery: 'queued',
        handed_over_at: null,
        agency_received_at: null,
      });
      expect(waiting.attempts).toMatchObject([{ outcome: 'retry' }, { outcome: 'retry' }]);
      expect(waiting.attempts[1]?.detail).toMatch(reason);
      expect(waiting.items).toEqual([]);
      expect(await atAgency(number)).toEqual([]);
      await deliver(id);
      const after = await rowsOf(id);
      expect(after.filing?.delivery).toBe('delivered');
      const [report, ...more] = await atAgency(number);
      expect(more).toEqual([]);
      expect(after.receipts).toEqual([{ kind: 'agency-receipt', json: report?.receipt }]);
    },
  );

  it('takes the report and does not answer: asked by the number, it gives the receipt within the same attempt', async () => {
    const { id, number } = await aQueuedFiling(portal);
    await agency.order({ kind: 'accept_then_hang', count: 1 });
    await deliver(id);
    const { filing, receipts, attempts } = await rowsOf(id);
    expect(filing?.delivery).toBe('delivered');
    expect(attempts).toMatchObject([{ outcome: 'accepted' }]);
    const [report, ...more] = await atAgency(number);
    expect(more).toEqual([]);
    expect(receipts).toEqual([{ kind: 'agency-receipt', json: report?.receipt }]);
  });

  it('nobody listens: the filing waits, and is delivered when the agency is back', async () => {
    const { id } = await aQueuedFiling(portal);
    await agency.kill();
    await expect(deliver(id)).rejects.toThrow(/ECONNREFUSED/);
    await agency.start();
    await deliver(id);
    expect((await rowsOf(id)).filing?.delivery).toBe('delivered');
  });

  it('is killed between its commit and its answer: the second attempt gets the receipt of the first', async () => {
    const { id, number } = await aQueuedFiling(portal);
    await agency.order({ kind: 'accept_then_hang', count: 1 });
    const attempt = deliver(id);
    attempt.catch(() => undefined); // awaited below; not to be unheard meanwhile
    const [committed] = await waitUntil('the commit', async () => {
      const rows = await atAgency(number);
      return rows.length > 0 && rows;
    });
    await agency.kill();
    await expect(attempt).rejects.toThrow(DeliveryPostponed);
    await agency.start();
    await deliver(id);
    expect((await rowsOf(id)).receipts).toEqual([{ kind: 'agency-receipt', json: committed?.receipt }]);
    expect(await atAgency(number)).toHaveLength(1);
  });
});

type Forgery = {
  profile: 'agency' | 'operator' | 'head';
  stranger: boolean;
  change: Partial<AgencyReceipt>;
  said?: string;
};

/** An agency whose receipts are false in one point. */
const forger = async ({ profile, stranger, change, said }: Forgery): Promise<ConnectorInstance> => {
  const { certificate, privateKey, issuing } = stranger
    ? await aStranger(profile)
    : await aSigner(portal.ctx, profile);
  const submit = async (delivery: ReportDelivery): Promise<DeliveryOutcome> => {
    const receivedAt = systemClock.now();
    const json = serialiseAgencyReceipt({
      version: 1,
      agency: 'gns',
      agencyNumber: 'ГНС-2026-000000007',
      filingNumber: delivery.number,
      reportSha256: delivery.reportSha256,
      signatureSha256: delivery.signatureSha256,
      verdict: 'signatures_valid',
      receivedAt,
      ...change,
    });
    const p7s = await signDetached({
      content: json,
      certificate,
      privateKey,
      signingTime: receivedAt,
      certificates: [issuing],
    });
    const evidence = { xRoadId: '', xRoadRequestId: '', xRoadRequestHash: '' };
    return {
      outcome: 'accepted',
      agencyNumber: said ?? 'ГНС-2026-000000007',
      receipt: { json, p7s },
      evidence,
    };
  };
  return { ...connector, submit };
};

const honest: Forgery = { profile: 'agency', stranger: false, change: {} };

describe('a receipt that is not right', () => {
  it('an honest one of the same making is taken: the cases below fail for their one point', async () => {
    const { id } = await aQueuedFiling(portal);
    await deliver(id, await forger(honest));
    expect((await rowsOf(id)).filing?.delivery).toBe('delivered');
  });

  it.each<[string, Partial<Forgery>]>([
    ['signed by a stranger', { stranger: true }],
    ['signed by the operator itself', { profile: 'operator' }],
    ['signed by an officer', { profile: 'head' }],
    ['about another number', { change: { filingNumber: '2026-99999999' } }],
    ['about another report', { change: { reportSha256: 'ab'.repeat(32) } }],
    ['about other signatures', { change: { signatureSha256: 'cd'.repeat(32) } }],
    ["another agency's", { change: { agency: 'socfond' } }],
    ['another number than was said', { said: 'ГНС-2026-000000008' }],
  ])('%s: never delivered, and a person is told', async (_, forgery) => {
    const { id } = await aQueuedFiling(portal);
    const by = await forger({ ...honest, ...forgery });
    await deliver(id, by);
    await deliver(id, by);
    const { filing, receipts, events, attempts, items } = await rowsOf(id);
    expect(filing).toMatchObject({ delivery: 'queued', agency_number: null, agency_received_at: null });
    expect(receipts).toEqual([]);
    expect(events).not.toContain('deliver');
    expect(attempts).toMatchObject([{ outcome: 'stuck' }, { outcome: 'stuck' }]);
    expect(items).toMatchObject([{ kind: 'delivery_stuck' }]);
  });

  it('a refusal is shown to a person with the reasons of the agency', async () => {
    const { id } = await aQueuedFiling(portal);
    const refusing = {
      ...connector,
      submit: () => Promise.resolve({ outcome: 'rejected' as const, reasons: ['a.b', 'c.d'] }),
    };
    await deliver(id, refusing);
    const { filing, items } = await rowsOf(id);
    expect(filing?.delivery).toBe('queued');
    expect(items).toEqual([{ kind: 'delivery_refused', detail: 'a.b; c.d' }]);
  });
});
