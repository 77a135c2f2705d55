import { afterAll, beforeAll, expect, it } from 'vitest';
import { announceFiling, createLiveFeed } from '#modules/live/index.ts';
import { inTransaction } from '../db/database.ts';
import { createTestPortal, type TestPortal } from './portal.ts';
import { waitUntil } from './wait-until.ts';

let portal: TestPortal;
beforeAll(async () => {
  portal = await createTestPortal();
});
afterAll(() => portal.close());

const company = '0199aaaa-0000-7000-8000-000000000001';
const news = { id: '0199aaaa-0000-7000-8000-000000000002', delivery: 'queued', check: null } as const;

it('the live feed comes back when its connection is cut, and ends the streams that missed something', async () => {
  let gaps = 0;
  const heard: unknown[] = [];
  const feed = createLiveFeed({
    connectionString: portal.connectionString,
    log: portal.ctx.log,
    onGap: () => {
      gaps += 1;
    },
  });
  feed.subscribe(company, (filing) => heard.push(filing));
  try {
    await waitUntil('the first connection', async () => gaps >= 1);
    // The portal of this test listens as well: both are cut.
    const { rowCount } = await portal.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sochi-live' and datname = current_database()`,
      [],
    );
    expect(rowCount).toBeGreaterThanOrEqual(1);
    await waitUntil('the second connection', async () => gaps >= 2);
    await inTransaction(portal.ctx.db, (tx) => announceFiling(tx, company, news));
    await waitUntil('the news', async () => heard.length > 0);
    expect(heard).toEqual([news]);
  } finally {
    await feed.stop();
  }
});

it('the pool comes back when its connections are cut, also one that a transaction holds', async () => {
  const cut = () =>
    portal.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'sochi-web' and datname = current_database()`,
      [],
    );
  const held = inTransaction(portal.ctx.db, async (tx) => {
    await tx.selectFrom('company').select('id').execute();
    await cut();
    // The connection breaks while no statement is under way: nobody but the pool could hear it.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return tx.selectFrom('company').select('id').execute();
  });
  await expect(held).rejects.toThrow(/terminat|not queryable/i);
  expect((await portal.app.inject('/readyz')).statusCode).toBe(200);
});
