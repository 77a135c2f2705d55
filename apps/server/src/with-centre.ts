import type { CentreContext } from '#modules/certification/index.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/database.ts';
import { enterAppRole } from './db/enter-app-role.ts';
import { openKeystore } from './keys/open-keystore.ts';
import { createLog } from './log.ts';
import { systemClock } from './system-clock.ts';

/** What the certification centre needs and no more, for commands that start, act and end. */
export const withCentre = async <T>(
  config: Config,
  databaseUrl: string,
  work: (ctx: CentreContext) => Promise<T>,
): Promise<T> => {
  const { connectionString } = await enterAppRole(databaseUrl);
  const keystore = await openKeystore(config);
  const database = openDatabase({
    connectionString,
    applicationName: 'sochi-certification',
    poolSize: 4,
    onError: () => undefined,
  });
  try {
    const log = createLog({ service: 'certification', level: 'error' });
    return await work({ db: database.db, keystore, clock: systemClock, config, log });
  } finally {
    await database.close();
    await keystore.close();
  }
};
