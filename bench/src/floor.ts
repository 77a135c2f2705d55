import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { FLOOR_TABLE, spread, type FilingWork } from './floor-work.ts';
import { processorMs } from './processor-time.ts';
import { inParallel } from './in-parallel.ts';

const SERVER = fileURLToPath(new URL('./floor-server.ts', import.meta.url));

export type FloorResult = { processMs: number; databaseMs: number; filingsPerSecond: number };

/**
 * Runs the bare work of `count` filings at the same concurrency against the same database server, and gives processor
 * milliseconds per filing. Makes and drops a table of its own.
 */
export const measureFloor = async (options: {
  databaseUrl: string;
  postgresPid: number | undefined;
  work: FilingWork;
  count: number;
  concurrency: number;
}): Promise<FloorResult> => {
  const { databaseUrl, postgresPid, work, count, concurrency } = options;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`drop table if exists ${FLOOR_TABLE}`);
  await client.query(
    `create table ${FLOOR_TABLE} (id bigint generated always as identity primary key, bytes bytea)`,
  );
  const server = fork(SERVER, [databaseUrl]);
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    const url = `http://127.0.0.1:${port}/`;
    const requests = spread(work).map((one) => JSON.stringify(one));
    const filing = async (): Promise<void> => {
      for (const body of requests) {
        const response = await fetch(url, { method: 'POST', body });
        if (!response.ok) throw new Error(`the floor failed: ${await response.text()}`);
        await response.text();
      }
    };
    await inParallel(Math.min(count, concurrency), concurrency, filing);
    const used = async () =>
      [
        await processorMs(server.pid ?? 0),
        postgresPid === undefined ? 0 : await processorMs(postgresPid),
      ] as const;
    const [processBefore, databaseBefore] = await used();
    const started = performance.now();
    await inParallel(count, concurrency, filing);
    const seconds = (performance.now() - started) / 1000;
    const [processAfter, databaseAfter] = await used();
    return {
      processMs: (processAfter - processBefore) / count,
      databaseMs: (databaseAfter - databaseBefore) / count,
      filingsPerSecond: count / seconds,
    };
  } finally {
    server.disconnect();
    await client.query(`drop table ${FLOOR_TABLE}`);
    await client.end();
  }
};
