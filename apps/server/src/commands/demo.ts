import { parseArgs } from 'node:util';
import { installCentre } from '#modules/certification/index.ts';
import { requireDatabaseUrl } from '../compose.ts';
import { readProcessEnv, type Config } from '../config.ts';
import { DEMO_COMPANIES, loadCompany } from '../demo/companies.ts';
import { adoptDemoAuthority } from '../demo/adopt-demo-authority.ts';
import { demoBasis, loadDemo } from '../demo/load-demo.ts';
import { installAgencyKey } from '../demo/training-agency.ts';
import { withCentre } from '../with-centre.ts';
import type { Command } from './command.ts';

const ORGANIZATION = 'СОчИ (демонстрация)';

/**
 * Installs the certification centre and loads the demonstration, once, and `extra` more companies for load; with `agency` also the
 * training agency's certificate. Gives how many companies were added.
 */
export const installDemo = (
  config: Config,
  connectionString: string,
  { extra, agency }: { extra: number; agency: boolean },
): Promise<number> =>
  withCentre(config, connectionString, async (ctx) => {
    await adoptDemoAuthority(ctx, config.varDir);
    await installCentre(ctx, { organization: ORGANIZATION });
    const basis = await demoBasis(ctx);
    if (agency) await installAgencyKey(ctx, basis, config.varDir);
    const companies = [...DEMO_COMPANIES, ...Array.from({ length: extra }, (_, index) => loadCompany(index))];
    return loadDemo(ctx, basis, companies);
  });

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
    const added = await installDemo(config, requireDatabaseUrl(secrets), { extra, agency: false });
    process.stdout.write(`Companies added: ${added}.\n`);
    return 0;
  },
};
