import type { ArrivedDecision, ConnectorInstance, DecisionPage } from '@sochi/connector-kit';
import { openConnectors } from '@sochi/connectors';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../system-clock.ts';
import { aCurator, type DecisionSigner } from '../../test/a-decision.ts';
import { aSigner, aStranger } from '../../test/a-signer.ts';
import { aQueuedFiling, createTestPortal, testClock, type TestPortal } from '../../test/portal.ts';
import { prepareAgency, type AgencyProcess } from '../../test/training-agency.ts';
import { waitUntil } from '../../test/wait-until.ts';
import { followDecisions } from './decision-feed.ts';
import { deliverFiling, DeliveryPostponed } from './deliver-filing.ts';
import { leaseFeed } from './queries.ts';

let portal: TestPortal;
let agency: AgencyProcess;
let gns: ConnectorInstance;
let decide: DecisionSigner;
beforeAll(async () => {
  portal = await createTestPortal();
  agency = await prepareAgency(portal);
  await agency.start();
  const [opened] = openConnectors({ GNS_URL: agency.url, GNS_TIMEOUT_MS: '1500' });
  if (!opened) throw new Error('no connector');
  gns = opened;
  decide = aCurator(await aSigner(portal.ctx));
});
afterAll(async () => {
  await agency.kill();
  await portal.close();
});

const followers: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(followers.splice(0).map(({ stop }) => stop()));
  await portal.query('delete from agency_feed', []);
  await portal.query('delete from work_item', []);
});

const ctx = () => ({ ...portal.ctx, clock: systemClock });
const deliver = (id: string) => deliverFiling(ctx(), gns, id);

/** The agency takes the report, and we never hear of it. */
const answerLost: ConnectorInstance = {
  id: 'gns',
  decisions: (request) => gns.decisions(request),
  async submit(delivery) {
    await gns.submit(delivery);
    return { outcome: 'retry', afterMs: 0, reason: 'the answer was lost' };
  },
};

const follow = (connector: ConnectorInstance, clock = ctx().clock): void => {
  const stopping = new AbortController();
  const following = followDecisions({ ...portal.ctx, clock }, connector, stopping.signal);
  followers.push({
    async stop() {
      stopping.abort();
      await following;
    },
  });
};

/** A feed that gives these pages, one after the other, and then has no news. `asked` are the places it was asked after. */
const scripted = (...pages: (ArrivedDecision[] | Error)[]): ConnectorInstance & { asked: string[] } => {
  const asked: string[] = [];
  const decisions: ConnectorInstance['decisions'] = async ({ after, signal }): Promise<DecisionPage> => {
    asked.push(after);
    const page = pages[Number(after || '0')];
    if (page instanceof Error) {
      pages[Number(after || '0')] = [];
      throw page;
    }
    if (page && page.length > 0) return { cursor: String(Number(after || '0') + 1), decisions: page };
    await sleep(10_000, undefined, { signal });
    return { cursor: after, decisions: [] };
  };
  return { ...gns, decisions, asked };
};

const filingOf = async (id: string) => {
  const { rows } = await portal.query<{
    check_state: string | null;
    delivery: string;
    rejection: unknown;
    decided_at: unknown;
  }>('select check_state, delivery, rejection, decided_at from filing where id = $1', [id]);
  return rows[0];
};
const decided = (id: string) =>
  waitUntil('a decision', async () => (await filingOf(id))?.decided_at !== null, 8_000);
const count = async (sql: string, id: string): Promise<number> => {
  const { rows } = await portal.query<{ count: string }>(`select count(*) from ${sql}`, [id]);
  return Number(rows[0]?.count);
};
const workItems = async () =>
  (
    await portal.query<{ kind: string; filing_id: string | null; detail: string }>(
      'select kind, filing_id, detail from work_item',
      [],
    )
  ).rows;
const cursor = async () =>
  (await portal.query<{ cursor: string }>('select cursor from agency_feed', [])).rows[0]?.cursor;

const aDelivered = async () => {
  const filing = await aQueuedFiling(portal);
  await deliver(filing.id);
  return { id: filing.id, number: filing.number, reportSha256: filing.reportSha256 ?? '' };
};

describe('decisions of the agency', () => {
  it('are recorded once: accepted', async () => {
    const filing = await aDelivered();
    const decision = await decide(filing);
    const connector = scripted([decision], [decision, decision]);
    follow(connector);
    await decided(filing.id);
    await waitUntil('the end of the feed', async () => (await cursor()) === '2');
    expect(await filingOf(filing.id)).toMatchObject({
      delivery: 'delivered',
      check_state: 'accepted',
      rejection: null,
    });
    expect(await count(`filing_event where filing_id = $1 and event = 'accept'`, filing.id)).toBe(1);
    expect(await count(`filing_document where filing_id = $1 and kind = 'decision'`, filing.id)).toBe(1);
    expect(await workItems()).toEqual([]);
  });

  it('are recorded with codes and text: rejected by the robot of the training agency', async () => {
    await agency.kill();
    await agency.start('reject:1');
    const { id } = await aDelivered();
    follow(gns);
    await decided(id);
    expect(await filingOf(id)).toMatchObject({
      check_state: 'rejected',
      rejection: { codes: ['robot.rejects'], text: expect.stringContaining('отказ') },
    });
    await agency.kill();
    await agency.start();
  });

  it('are not lost when they overtake the delivery, and hold up nobody', async () => {
    const early = await aQueuedFiling(portal);
    await expect(deliverFiling(ctx(), answerLost, early.id)).rejects.toThrow(DeliveryPostponed);
    const later = await aDelivered();
    const about = { number: early.number, reportSha256: early.reportSha256 ?? '' };
    follow(
      scripted(
        [await decide(about, { verdict: 'rejected', reasons: ['R7'], text: 'Нет' })],
        [await decide(later)],
      ),
    );
    await decided(later.id);
    expect(await filingOf(early.id)).toMatchObject({
      delivery: 'queued',
      check_state: null,
      decided_at: null,
    });
    await deliver(early.id);
    expect(await filingOf(early.id)).toMatchObject({
      delivery: 'delivered',
      check_state: 'rejected',
      rejection: { codes: ['R7'], text: 'Нет' },
    });
    expect(await count(`filing_event where filing_id = $1 and event = 'reject'`, early.id)).toBe(1);
  });

  it('arrive while the delivery is being recorded: every filing ends decided', async () => {
    const filings = [];
    for (let left = 12; left > 0; left -= 1) filings.push(await aQueuedFiling(portal));
    const decisions = await Promise.all(
      filings.map(({ number, reportSha256 }) => decide({ number, reportSha256: reportSha256 ?? '' })),
    );
    follow(scripted(...decisions.map((decision) => [decision])));
    await Promise.all(filings.map(({ id }) => deliver(id)));
    await Promise.all(filings.map(({ id }) => decided(id)));
    const states = await Promise.all(filings.map(({ id }) => filingOf(id)));
    expect(states.map((state) => state?.check_state)).toEqual(filings.map(() => 'accepted'));
  });
});

describe('a decision that cannot be used', () => {
  it('becomes a work item, and the feed goes on', async () => {
    const [good, other] = [await aDelivered(), await aDelivered()];
    const stranger = aCurator(await aStranger());
    const garbage = { filingNumber: other.number, json: Buffer.from('%PDF'), p7s: Buffer.from('?') };
    follow(
      scripted([
        garbage,
        await stranger(other),
        await decide({ ...other, number: '2026-99999999' }),
        await decide({ ...other, reportSha256: 'ab'.repeat(32) }),
        await decide(other, { agency: 'socfond' }),
        await decide(good),
      ]),
    );
    await decided(good.id);
    expect((await workItems()).map(({ kind }) => kind)).toEqual(Array(5).fill('decision_unusable'));
    expect((await filingOf(other.id))?.check_state).toBe('awaiting_check');
  });

  it('contradicts the one that is there: the first stands, and a person is told', async () => {
    const filing = await aDelivered();
    follow(
      scripted([await decide(filing)], [await decide(filing, { verdict: 'rejected', reasons: ['R1'] })]),
    );
    await waitUntil('the end of the feed', async () => (await cursor()) === '2');
    expect((await filingOf(filing.id))?.check_state).toBe('accepted');
    expect(await workItems()).toMatchObject([{ kind: 'decision_unusable', filing_id: filing.id }]);
  });

  it('comes for a filing that was never handed over: a person is told', async () => {
    const { id, number } = await aDelivered();
    const { rows } = await portal.query<{ number: string }>(
      `insert into filing (id, number, company_id, form_id, agency, period_from, period_to, kind, delivery, author_id, answers,
                           version, report_sha256, created_at, updated_at)
       select $1, number || '-X', company_id, form_id, agency, period_from, period_to, kind, 'awaiting_head', author_id, answers,
              version, report_sha256, created_at, updated_at from filing where id = $2 returning number`,
      [randomUUID(), id],
    );
    const { reportSha256 } = await portal
      .query<{ reportSha256: string }>(
        `select encode(report_sha256, 'hex') as "reportSha256" from filing where number = $1`,
        [number],
      )
      .then((result) => result.rows[0] ?? { reportSha256: '' });
    follow(scripted([await decide({ number: rows[0]?.number ?? '', reportSha256 })]));
    const [item] = await waitUntil('a work item', async () => {
      const items = await workItems();
      return items.length > 0 && items;
    });
    expect(item?.detail).toMatch(/never handed over/);
  });
});

describe('the place in the feed', () => {
  it('stays where it was while the agency cannot be read', async () => {
    const filing = await aDelivered();
    const connector = scripted(new Error('out of order'));
    follow(connector);
    await waitUntil('a second question', async () => connector.asked.length >= 2);
    expect(connector.asked).toEqual(['', '']);
    expect((await filingOf(filing.id))?.check_state).toBe('awaiting_check');
  });

  it('is read by one worker at a time, and by another one when that one died', async () => {
    const clock = testClock();
    const now = clock.now();
    const until = now.add({ seconds: 25 });
    await leaseFeed(portal.ctx.db, { agency: 'gns', worker: randomUUID(), now, until });
    const connector = scripted();
    follow(connector, clock);
    await sleep(2_500);
    expect(connector.asked).toEqual([]);
    clock.advance({ seconds: 26 });
    await waitUntil('the feed to be taken over', async () => connector.asked.length > 0, 4_000);
  });

  it('is not moved by a worker that slept through its lease', async () => {
    const filing = await aDelivered();
    const asleep = Promise.withResolvers<void>();
    const decision = await decide(filing);
    const slow: ConnectorInstance = {
      ...gns,
      decisions: async () => {
        await asleep.promise;
        return { cursor: '5', decisions: [decision] };
      },
    };
    const clock = testClock();
    follow(slow, clock);
    await waitUntil('the first lease', async () => (await cursor()) !== undefined);
    const now = clock.now().add({ seconds: 26 });
    const taken = await leaseFeed(portal.ctx.db, {
      agency: 'gns',
      worker: randomUUID(),
      now,
      until: now.add({ hours: 1 }),
    });
    expect(taken).toBe('');
    asleep.resolve();
    await sleep(500);
    expect(await cursor()).toBe('');
    expect((await filingOf(filing.id))?.check_state).toBe('awaiting_check');
  });

  it('is not asked for without pause at an agency that does not wait', async () => {
    let asked = 0;
    const hasty: ConnectorInstance = {
      ...gns,
      decisions: async ({ after }) => {
        asked += 1;
        return { cursor: after, decisions: [] };
      },
    };
    follow(hasty);
    await sleep(1_000);
    expect(asked).toBe(1);
  });
});
