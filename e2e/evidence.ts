import { expect, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../apps/server/src/cli.ts', import.meta.url));

/**
 * Downloads the evidence of the filing on the screen; a stranger's `sh verify.sh` says OK, and so does our own program. Then its
 * files can be read.
 */
export const verifiedBundle = async (page: Page): Promise<{ read: (path: string) => string }> => {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: /доказательство|далил/i }).click();
  const file = await (await downloading).path();
  const folder = join(mkdtempSync(join(tmpdir(), 'sochi-e2e-')), 'bundle');
  execFileSync('unzip', ['-q', file, '-d', folder]);
  expect(execFileSync('sh', [join(folder, 'verify.sh')], { encoding: 'utf8' })).toMatch(/^OK /m);
  // Exits with another code than 0, and so throws, when anything does not hold.
  execFileSync(process.execPath, [CLI, 'verify', file]);
  return { read: (path) => readFileSync(join(folder, path), 'utf8') };
};
