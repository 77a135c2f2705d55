import { runFilingBench, type BenchCompany } from '@sochi/bench';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSystem, type RunningSystem } from '#runtime/index.ts';
import { requireDatabaseUrl } from '../../compose.ts';
import { readProcessEnv } from '../../config.ts';
import { loadCompany } from '../../demo/companies.ts';
import { wholeSystem } from '../../whole-system.ts';
import { installDemo } from '../demo.ts';
import type { Bench } from './bench.ts';
import { wholeNumber } from './whole-number.ts';

type Target = Pick<RunningSystem, 'url' | 'connectionString'> & {
  pids: Record<string, number>;
  stop: () => Promise<void>;
};

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** A system of its own in a temporary folder, on free ports, with real durability. */
const startFresh = async (companies: number): Promise<Target> => {
  const { config, secrets } = readProcessEnv();
  const varDir = await mkdtemp(join(tmpdir(), 'sochi-bench-'));
  const own = { ...config, varDir, http: { ...config.http, port: 0 } };
  const system = await startSystem(
    wholeSystem({ config: own, secrets, report: say, loadCompanies: companies }),
  );
  return {
    ...system,
    pids: system.pids(),
    stop: async () => {
      await system.stop();
      await rm(varDir, { recursive: true, force: true });
    },
  };
};

/** A system that runs already; its processes can be named by `--pids web=1,worker=2,agency=3,postgres=4`. */
const useRunning = async (url: string, pids: string, companies: number): Promise<Target> => {
  const { config, secrets } = readProcessEnv();
  const connectionString = requireDatabaseUrl(secrets);
  await installDemo(config, connectionString, { extra: companies, agency: false });
  const named = pids
    .split(',')
    .filter((part) => part !== '')
    .map((part) => part.split('='));
  return {
    url: url.replace(/\/$/, ''),
    connectionString,
    pids: Object.fromEntries(named.map(([name = '', pid]) => [name, Number(pid)])),
    stop: () => Promise.resolve(),
  };
};

const laneCompany = (index: number): BenchCompany => {
  const { inn, officers } = loadCompany(index);
  const login = (role: 'head' | 'accountant') => ({
    inn,
    role,
    pin: officers.find((officer) => officer.role === role)?.pin ?? '',
  });
  return { accountant: login('accountant'), head: login('head') };
};

const OPTIONS = {
  count: { type: 'string', default: '200' },
  concurrency: { type: 'string', default: '8' },
  rate: { type: 'string' },
  out: { type: 'string' },
  url: { type: 'string' },
  pids: { type: 'string', default: '' },
} as const;

export const filingBench: Bench = {
  name: 'filing',
  help: [
    'npm run bench -- filing: complete journeys through the public API',
    '  --count N         journeys (200)',
    '  --concurrency C   at once, each lane for a company of its own (8)',
    '  --rate R          begin R journeys a second instead of as many as go',
    '  --out DIR         keep every evidence bundle there',
    '  --url URL         use a running system (with its DATABASE_URL and VAR_DIR) instead of a fresh one',
    '  --pids web=N,...  processes of that system to account for',
  ].join('\n'),
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const count = wholeNumber('count', values.count, 1_000_000);
    const concurrency = wholeNumber('concurrency', values.concurrency, 200);
    const target = values.url
      ? await useRunning(values.url, values.pids, concurrency)
      : await startFresh(concurrency);
    try {
      const result = await runFilingBench({
        url: target.url,
        databaseUrl: target.connectionString,
        pids: target.pids,
        companies: Array.from({ length: concurrency }, (_, index) => laneCompany(index)),
        count,
        concurrency,
        ...(values.rate ? { rate: wholeNumber('rate', values.rate, 10_000) } : {}),
        ...(values.out ? { outDir: values.out } : {}),
        report: say,
      });
      process.stdout.write(`${JSON.stringify(result)}\n`);
    } finally {
      await target.stop();
    }
    return 0;
  },
};
