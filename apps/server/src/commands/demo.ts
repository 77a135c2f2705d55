import { parseArgs } from 'node:util';
import { openKeystore, requireDatabaseUrl } from '../compose.ts';
import { readProcessEnv, type Config } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { DEMO_COMPANIES, loadCompany } from '../demo/companies.ts';
import { openDemoAuthority } from '../demo/demo-authority.ts';
import { loadDemo } from '../demo/load-demo.ts';
import { systemClock } from '../system-clock.ts';
import type { Command } from './command.ts';

/** Loads the demonstration once, and `extra` more companies for load; gives how many companies were added. */
export const installDemo = async (
  config: Pick<Config, 'varDir'>,
  connectionString: string,
  extra: number,
): Promise<number> => {
  const database = openDatabase({
    connectionString,
    applicationName: 'sochi-demo',
    poolSize: 2,
    onError: () => undefined,
  });
  try {
    const authority = await openDemoAuthority(config.varDir, systemClock.now());
    const keystore = await openKeystore(config);
    const companies = [...DEMO_COMPANIES, ...Array.from({ length: extra }, (_, index) => loadCompany(index))];
    return await loadDemo({ db: database.db, keystore, clock: systemClock, authority }, companies);
  } finally {
    await database.close();
  }
};

export const demoCommand: Command = {
  name: 'demo',
  summary:
    'Load the demonstration: certification centre, companies, officers, news (once; repeating changes nothing)',
  help: 'Options:\n  --companies N   also N companies for load tests',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { companies: { type: 'string', default: '0' } },
    });
    const extra = Number(values.companies);
    if (!Number.isInteger(extra) || extra < 0 || extra > 100_000) {
      process.stderr.write('--companies takes a whole number from 0 to 100000.\n');
      return 2;
    }
    const { config, secrets } = readProcessEnv();
    const added = await installDemo(config, requireDatabaseUrl(secrets), extra);
    process.stdout.write(`Companies added: ${added}.\n`);
    return 0;
  },
};
