import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createCaller, logIn, watchFilings } from './api.ts';
import { createArrivals, type Arrivals } from './arrivals.ts';
import { measureFloor } from './floor.ts';
import { inParallel } from './in-parallel.ts';
import { runJourney, type BenchCompany, type JourneyResult } from './journey.ts';
import { percentile } from './percentile.ts';
import { processorMsByName } from './processor-time.ts';

export type FilingBenchOptions = {
  url: string;
  databaseUrl: string;
  /** Processes to account for: web, worker, agency, postgres. Empty where they are not ours to see. */
  pids: Record<string, number>;
  /** As many as `concurrency`: each lane files for a company of its own. */
  companies: readonly BenchCompany[];
  count: number;
  concurrency: number;
  /** Filings begun per second; as fast as the lanes go when absent. */
  rate?: number;
  outDir?: string;
  report: (line: string) => void;
};

const round = (value: number): number => Math.round(value * 100) / 100;

const transactions = async (client: pg.Client): Promise<{ commits: number; walBytes: number }> => {
  const { rows } = await client.query<{ commits: string; wal: string }>(
    `select pg_stat_force_next_flush(), xact_commit as commits, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as wal
       from pg_stat_database where datname = current_database()`,
  );
  return { commits: Number(rows[0]?.commits), walBytes: Number(rows[0]?.wal) };
};

const watch = async (options: FilingBenchOptions, arrivals: Arrivals, signal: AbortSignal): Promise<void> => {
  await Promise.all(
    options.companies.map(async ({ head }) => {
      const caller = createCaller(options.url);
      await logIn(caller, head);
      void watchFilings(options.url, caller, arrivals.note, signal);
    }),
  );
};

const pace = async (index: number, started: number, rate: number | undefined): Promise<void> => {
  if (rate === undefined) return;
  const waitMs = started + (index / rate) * 1000 - performance.now();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
};

const runAll = async (options: FilingBenchOptions, arrivals: Arrivals): Promise<JourneyResult[]> => {
  const results: JourneyResult[] = [];
  const started = performance.now();
  await inParallel(options.count, options.concurrency, async (index, lane) => {
    const company = options.companies[lane];
    if (!company) throw new Error('fewer companies than lanes');
    await pace(index, started, options.rate);
    const result = await runJourney(options.url, company, arrivals, {
      index,
      evidence: options.outDir !== undefined,
    });
    results.push(result);
    if (options.outDir && result.evidence)
      await writeFile(join(options.outDir, `${result.number}.zip`), result.evidence);
    if (results.length % 50 === 0) options.report(`${results.length} of ${options.count} filed`);
  });
  return results;
};

/** Journeys of a few filings first, so that nothing is measured cold. */
const WARM_UP = 8;

/** Read-only statements are commits too; these many of a filing's commits write (counted in the code, see bench/README.md). */
export const WRITES_PER_FILING = 17;

const difference = (after: Record<string, number>, before: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)]));

/** Runs the journeys and the floor in one go; the result is what the bench prints as its JSON line. */
export const runFilingBench = async (options: FilingBenchOptions): Promise<Record<string, unknown>> => {
  if (options.outDir) await mkdir(options.outDir, { recursive: true });
  const stop = new AbortController();
  const arrivals = createArrivals();
  const client = new pg.Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await watch(options, arrivals, stop.signal);
    const { rate: _rate, outDir: _outDir, ...unpaced } = options;
    await runAll({ ...unpaced, count: Math.min(WARM_UP, options.count) }, arrivals);
    options.report('warm; measuring');
    const [cpuBefore, databaseBefore] = [await processorMsByName(options.pids), await transactions(client)];
    const started = performance.now();
    const results = await runAll(options, arrivals);
    const seconds = (performance.now() - started) / 1000;
    const [cpuAfter, databaseAfter] = [await processorMsByName(options.pids), await transactions(client)];
    const cpu = difference(cpuAfter, cpuBefore);
    const per = (value: number): number => round(value / options.count);
    const requests =
      Math.round(results.reduce((sum, result) => sum + result.requests, 0) / options.count) + 1;
    const commits = (databaseAfter.commits - databaseBefore.commits) / options.count;
    const work = {
      logins: 2,
      requests,
      reads: Math.max(0, Math.round(commits - WRITES_PER_FILING)),
      writes: Math.min(WRITES_PER_FILING, Math.round(commits)),
      bytes: (databaseAfter.walBytes - databaseBefore.walBytes) / options.count,
    };
    options.report('measuring the floor');
    const floor = await measureFloor({ ...options, postgresPid: options.pids['postgres'], work });
    const floorWithoutLogin = await measureFloor({
      ...options,
      postgresPid: options.pids['postgres'],
      work: { ...work, logins: 0 },
    });
    const total = per(
      (cpu['web'] ?? 0) + (cpu['worker'] ?? 0) + (cpu['postgres'] ?? 0) + (cpu['agency'] ?? 0),
    );
    const floorTotal = floor.processMs + floor.databaseMs;
    const loginMs = floorTotal - floorWithoutLogin.processMs - floorWithoutLogin.databaseMs;
    const ours = options.pids['web'] !== undefined;
    return {
      bench: 'filing',
      count: options.count,
      concurrency: options.concurrency,
      rate: options.rate ?? null,
      filingsPerSecond: round(options.count / seconds),
      cpuMsPerFiling: ours
        ? {
            web: per(cpu['web'] ?? 0),
            worker: per(cpu['worker'] ?? 0),
            postgres: per(cpu['postgres'] ?? 0),
            agency: per(cpu['agency'] ?? 0),
            total,
          }
        : null,
      postmarkMs: {
        p50: percentile(
          results.map((one) => one.postmarkMs),
          0.5,
        ),
        p99: percentile(
          results.map((one) => one.postmarkMs),
          0.99,
        ),
      },
      deliveryMs: {
        p50: percentile(
          results.map((one) => one.deliveryMs),
          0.5,
        ),
        p99: percentile(
          results.map((one) => one.deliveryMs),
          0.99,
        ),
      },
      decisionMs: {
        p50: percentile(
          results.map((one) => one.decisionMs),
          0.5,
        ),
        p99: percentile(
          results.map((one) => one.decisionMs),
          0.99,
        ),
      },
      work: { ...work, bytes: Math.round(work.bytes) },
      floor: {
        processMs: round(floor.processMs),
        postgresMs: round(floor.databaseMs),
        total: round(floorTotal),
        ofThatPinHashing: round(loginMs),
        filingsPerSecond: round(floor.filingsPerSecond),
      },
      ratio: ours ? round(total / floorTotal) : null,
      ratioWithoutPinHashing: ours ? round((total - loginMs) / (floorTotal - loginMs)) : null,
    };
  } finally {
    stop.abort();
    await client.end();
  }
};
