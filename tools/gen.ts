/*
 * `npm run gen` writes every generated file; with `--check` it writes nothing and fails when one is stale.
 *
 * A new generator gets its line in GENERATORS. The types of the database are read from a throw-away PostgreSQL that
 * was migrated for the purpose: the migrations are the source, not somebody's database.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { migrate } from '../apps/server/src/db/migrate.ts';
import { startThrowAwayPostgres } from '../apps/server/src/test/throw-away-postgres.ts';
import { generateDatabaseTypes } from './gen-database.ts';

type Generator = { name: string; isFresh: (check: boolean) => Promise<boolean> };

const program = (file: string): Generator => ({
  name: file,
  isFresh: (check) => {
    const args = [join(import.meta.dirname, file), ...(check ? ['--check'] : [])];
    const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
    if (!check && status !== 0) throw new Error(`${file} ended with code ${status}`);
    return Promise.resolve(status === 0);
  },
});

const databaseTypes: Generator = {
  name: 'apps/server/src/db/types.gen.ts',
  isFresh: async (check) => {
    const server = await startThrowAwayPostgres();
    try {
      await migrate({ connectionString: server.connectionString });
      return await generateDatabaseTypes(server.connectionString, check);
    } finally {
      await server.stop();
    }
  },
};

const GENERATORS: readonly Generator[] = [program('gen-registry.ts'), program('gen-env.ts'), databaseTypes];

const check = process.argv.includes('--check');
let stale = 0;
for (const { name, isFresh } of GENERATORS) {
  if ((await isFresh(check)) || !check) continue;
  process.stdout.write(`${name}: stale, run npm run gen\n`);
  stale += 1;
}
process.exitCode = stale === 0 ? 0 : 1;
