import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../runtime/index.ts';

/** A PostgreSQL without fsync in a temporary folder; `stop` removes both. */
export const startThrowAwayPostgres = async (): Promise<{
  connectionString: string;
  stop: () => Promise<void>;
}> => {
  const varFolder = mkdtempSync(join(tmpdir(), 'sochi-test-'));
  const settings = { max_connections: '300', shared_buffers: '128MB' };
  const server = await startEmbeddedPostgres({ varFolder, durable: false, settings });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(varFolder, { recursive: true, force: true });
  };
  return { connectionString: server.connectionString, stop };
};
