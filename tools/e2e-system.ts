/* The whole system on a fresh var folder that goes away with it: what the browser journeys run against. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const varFolder = mkdtempSync(join(tmpdir(), 'sochi-e2e-'));
const cli = join(import.meta.dirname, '..', 'apps/server/src/cli.ts');
const system = spawn(process.execPath, [cli, 'start'], {
  env: { ...process.env, VAR_DIR: varFolder },
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => system.kill('SIGTERM'));
system.once('exit', (code) => {
  rmSync(varFolder, { recursive: true, force: true });
  process.exit(code ?? 1);
});
