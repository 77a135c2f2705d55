import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createCaller, logIn, watchFilings } from './api.ts';
import { createArrivals, type Arrivals } from './arrivals.ts';
import { measureFloor, type FloorResult } from './floor.ts';
import type { FilingWork } from './floor-work.ts';
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

/** Journeys of a few filings first, so that nothing is measured cold. */
const WARM_UP = 24;
/** Read-only statements are commits too; this many of a filing's commits write (bench/README.md lists them). */
const WRITES_PER_FILING = 15;

const round = (value: number): number => Math.round(value * 100) / 100;

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
  const { outDir } = options;
  const results: JourneyResult[] = [];
  const started = performance.now();
  await inParallel(options.count, options.concurrency, async (index, lane) => {
    const company = options.companies[lane];
    if (!company) throw new Error('fewer companies than lanes');
    await pace(index, started, options.rate);
    const result = await runJourney(options.url, company, arrivals, {
      index,
      evidence: outDir !== undefined,
    });
    results.push(result);
    if (outDir && result.evidence) await writeFile(join(outDir, `${result.number}.zip`), result.evidence);
    if (results.length % 50 === 0) options.report(`${results.length} of ${options.count} filed`);
  });
  return results;
};

type Usage = { cpu: Record<string, number>; commits: number; walBytes: number };

const usageOf = async (options: FilingBenchOptions, client: pg.Client): Promise<Usage> => {
  const { rows } = await client.query<{ commits: string; wal: string }>(
    `select pg_stat_force_next_flush(), xact_commit as commits, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as wal
       from pg_stat_database where datname = current_database()`,
  );
  const cpu = await processorMsByName(options.pids);
  return { cpu, commits: Number(rows[0]?.commits), walBytes: Number(rows[0]?.wal) };
};

type Measured = { results: JourneyResult[]; seconds: number; before: Usage; after: Usage };

const measure = async (
  options: FilingBenchOptions,
  arrivals: Arrivals,
  client: pg.Client,
): Promise<Measured> => {
  const before = await usageOf(options, client);
  const started = performance.now();
  const results = await runAll(options, arrivals);
  const seconds = (performance.now() - started) / 1000;
  return { results, seconds, before, after: await usageOf(options, client) };
};

/** The bare work of one filing, as the system was seen to do it: what the floor repeats. */
const workOf = ({ results, before, after }: Measured): FilingWork => {
  const per = (total: number): number => total / results.length;
  const commits = per(after.commits - before.commits);
  return {
    logins: 2,
    // The calls of the clients, and one to the agency.
    requests: Math.round(per(results.reduce((sum, { requests }) => sum + requests, 0))) + 1,
    reads: Math.max(0, Math.round(commits - WRITES_PER_FILING)),
    writes: Math.min(WRITES_PER_FILING, Math.round(commits)),
    bytes: Math.round(per(after.walBytes - before.walBytes)),
  };
};

const summarise = (times: number[]) => ({ p50: percentile(times, 0.5), p99: percentile(times, 0.99) });

const cpuOf = ({ results, before, after }: Measured) => {
  const per = (name: string): number => ((after.cpu[name] ?? 0) - (before.cpu[name] ?? 0)) / results.length;
  const parts = { web: per('web'), worker: per('worker'), postgres: per('postgres'), agency: per('agency') };
  return { ...parts, total: parts.web + parts.worker + parts.postgres + parts.agency };
};

const rounded = (values: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)]));

const describe = (
  options: FilingBenchOptions,
  measured: Measured,
  work: FilingWork,
  floors: { all: FloorResult; noPin: FloorResult },
) => {
  const { results, seconds } = measured;
  const cpu = cpuOf(measured);
  const floor = floors.all.processMs + floors.all.databaseMs;
  const pinHashing = floor - floors.noPin.processMs - floors.noPin.databaseMs;
  const isSeen = options.pids['web'] !== undefined;
  return {
    bench: 'filing',
    count: options.count,
    concurrency: options.concurrency,
    rate: options.rate ?? null,
    filingsPerSecond: round(options.count / seconds),
    cpuMsPerFiling: isSeen ? rounded(cpu) : null,
    postmarkMs: summarise(results.map(({ postmarkMs }) => postmarkMs)),
    deliveryMs: summarise(results.map(({ deliveryMs }) => deliveryMs)),
    decisionMs: summarise(results.map(({ decisionMs }) => decisionMs)),
    work,
    floor: rounded({
      processMs: floors.all.processMs,
      postgresMs: floors.all.databaseMs,
      total: floor,
      ofThatPinHashing: pinHashing,
      filingsPerSecond: floors.all.filingsPerSecond,
    }),
    ratio: isSeen ? round(cpu.total / floor) : null,
    ratioWithoutPinHashing: isSeen ? round((cpu.total - pinHashing) / (floor - pinHashing)) : null,
  };
};

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
    const measured = await measure(options, arrivals, client);
    const work = workOf(measured);
    options.report('measuring the floor');
    const floor = (logins: number) =>
      measureFloor({ ...options, postgresPid: options.pids['postgres'], work: { ...work, logins } });
    const floors = { all: await floor(work.logins), noPin: await floor(0) };
    return describe(options, measured, work, floors);
  } finally {
    stop.abort();
    await client.end();
  }
};
