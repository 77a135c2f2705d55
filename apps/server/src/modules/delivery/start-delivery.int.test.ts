import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compose, type Composed } from '../../compose.ts';
import { readEnv } from '../../config.ts';
import { deliveryQueue, oncePerFiling } from '../../jobs.ts';
import { createLog } from '../../log.ts';
import { systemClock } from '../../system-clock.ts';
import { aQueuedFiling, createTestPortal, type TestPortal } from '../../test/portal.ts';
import { prepareAgency, type AgencyProcess } from '../../test/training-agency.ts';
import { waitUntil } from '../../test/wait-until.ts';
import { openWorkItem } from './queries.ts';
import { reportLate, startDelivery, sweepForgotten } from './start-delivery.ts';

const QUEUE = deliveryQueue('gns');
const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url));

let portal: TestPortal;
let agency: AgencyProcess;
const cleanups: (() => Promise<void>)[] = [];
beforeAll(async () => {
  portal = await createTestPortal();
  agency = await prepareAgency(portal);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  await portal.query('delete from pgboss.job', []);
});
afterAll(async () => {
  await agency.kill();
  await portal.close();
});

const settings = (): Record<string, string> => ({
  DATABASE_URL: portal.connectionString,
  VAR_DIR: portal.varDir,
  DATABASE_POOL: '4',
  GNS_URL: agency.url,
  GNS_TIMEOUT_MS: '20000',
});

/** What a worker process is made of, in this one; queues are worked only when asked. */
const aWorker = async (env: Record<string, string> = {}): Promise<Composed> => {
  const parsed = readEnv({ ...settings(), ...env });
  const log = createLog({ service: 'test', level: 'silent' });
  const composed = await compose('worker', parsed, { log });
  cleanups.push(composed.close);
  return composed;
};

const startWorking = async (env: Record<string, string> = {}): Promise<void> => {
  const { ctx, boss } = await aWorker(env);
  const delivery = await startDelivery(ctx, boss);
  cleanups.push(delivery.stop);
};

const workerProcess = async (): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [CLI, 'worker'], {
    env: { ...process.env, ...settings(), LOG_LEVEL: 'fatal' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  cleanups.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  });
  await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}`)));
  });
  return child;
};

const scalar = async <T>(sql: string, ...values: unknown[]): Promise<T | undefined> => {
  const { rows } = await portal.query<{ value: T }>(sql, values);
  return rows[0]?.value;
};
const deliveryOf = (id: string) => scalar<string>('select delivery as value from filing where id = $1', id);
const delivered = (id: string, timeoutMs: number) =>
  waitUntil('the delivery', async () => (await deliveryOf(id)) === 'delivered', timeoutMs);
const jobsOf = async (id: string) =>
  (
    await portal.query<{ state: string; retry_count: number; wait: number }>(
      `select state::text, retry_count, extract(epoch from start_after - now())::float8 as wait
         from pgboss.job where name = $1 and data->>'filingId' = $2`,
      [QUEUE, id],
    )
  ).rows;

describe('the queue of an agency', () => {
  it('delivers by itself, and again when an agency that was away comes back', async () => {
    await startWorking();
    const { id } = await aQueuedFiling(portal);
    await waitUntil('a failed attempt', async () => {
      const detail = await scalar<string>(
        'select detail as value from delivery_attempt where filing_id = $1 and outcome = $2',
        id,
        'retry',
      );
      return detail?.includes('ECONNREFUSED');
    });
    expect(await deliveryOf(id)).toBe('queued');
    await agency.start('accept:1');
    await delivered(id, 20_000);
    await waitUntil(
      'the decision',
      async () =>
        (await scalar<string>('select check_state as value from filing where id = $1', id)) === 'accepted',
    );
    await agency.kill();
  });

  it('outlives an outage of many hours, and is never more than a minute behind its end', async () => {
    const { id } = await aQueuedFiling(portal);
    await portal.query(`update pgboss.job set retry_count = 600 where name = $1`, [QUEUE]);
    await startWorking();
    const [job] = await waitUntil('the 601st attempt', async () => {
      const jobs = await jobsOf(id);
      return jobs[0]?.retry_count === 600 && jobs[0].state === 'retry' && jobs;
    });
    expect(job?.wait).toBeLessThanOrEqual(60);
    expect(job?.wait).toBeGreaterThan(20);
  });

  it('holds one job of a filing, whoever asks for it', async () => {
    const { boss } = await aWorker();
    const { id } = await aQueuedFiling(portal);
    await Promise.all([1, 2, 3].map(() => boss.send(QUEUE, { filingId: id }, oncePerFiling(id))));
    expect(await jobsOf(id)).toHaveLength(1);
  });
});

const sweepNow = async () => {
  const { ctx, boss } = await aWorker();
  const clock = { now: () => systemClock.now().add({ minutes: 3 }) };
  return sweepForgotten({ ...ctx, clock }, boss, ['gns']);
};

describe('the sweeper', () => {
  const sweep = sweepNow;

  it('queues a filing again whose job is gone, once', async () => {
    const { id } = await aQueuedFiling(portal);
    await sweep();
    expect(await sweep()).toBe(0);
    await portal.query('delete from pgboss.job where singleton_key = $1', [id]);
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    expect(await jobsOf(id)).toMatchObject([{ state: 'created' }]);
    await portal.query(`update pgboss.job set state = 'failed' where singleton_key = $1`, [id]);
    expect(await sweep()).toBe(1);
    await portal.query(`update pgboss.job set state = 'retry' where name = $1 and state = 'created'`, [
      QUEUE,
    ]);
    expect(await sweep()).toBe(0);
  });

  it('leaves a filing alone that a person must look at, until the person is done', async () => {
    const { id } = await aQueuedFiling(portal);
    await portal.query('delete from pgboss.job where name = $1', [QUEUE]);
    await openWorkItem(portal.ctx.db, {
      kind: 'delivery_stuck',
      filingId: id,
      detail: '',
      now: systemClock.now(),
    });
    await sweep();
    expect(await jobsOf(id)).toEqual([]);
    await portal.query('update work_item set done_at = now() where filing_id = $1', [id]);
    await sweep();
    expect(await jobsOf(id)).toHaveLength(1);
  });
});

describe('an agency that takes nothing for long', () => {
  it('is told to a person once, and the telling ends with the delivery', async () => {
    const { id } = await aQueuedFiling(portal);
    await portal.query(`delete from work_item`, []);
    const open = () =>
      scalar<string>(
        `select count(*) as value from work_item where kind = 'delivery_late' and done_at is null`,
      );
    const report = (minutes: number) =>
      reportLate({ ...portal.ctx, clock: { now: () => systemClock.now().add({ minutes }) } }, ['gns']);
    await report(14);
    expect(await open()).toBe('0');
    await report(16);
    await report(17);
    expect(await open()).toBe('1');
    await agency.start();
    await startWorking();
    const late = await scalar<string>(
      `select filing_id as value from work_item where kind = 'delivery_late'`,
    );
    await sweepNow();
    await delivered(late ?? '', 20_000);
    await delivered(id, 20_000);
    expect(await open()).toBe('0');
    await agency.kill();
  });
});

describe('a worker that is killed with a delivery in its hands', () => {
  it('loses nothing: another one delivers within a minute', { timeout: 120_000 }, async () => {
    await agency.start();
    await agency.order({ kind: 'accept_then_hang', count: 1 });
    const { id, number } = await aQueuedFiling(portal);
    const worker = await workerProcess();
    await waitUntil('the call to the agency', () =>
      scalar<string>('select number as value from agency.report where number = $1', number),
    );
    worker.kill('SIGKILL');
    const killed = performance.now();
    expect(await jobsOf(id)).toMatchObject([{ state: 'active' }]);
    await workerProcess();
    await delivered(id, 60_000);
    expect(performance.now() - killed).toBeLessThan(60_000);
    expect(
      await scalar<string>('select count(*) as value from agency.report where number = $1', number),
    ).toBe('1');
  });
});
