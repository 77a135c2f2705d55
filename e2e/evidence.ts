import { expect, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Downloads the evidence of the filing on the screen and has a stranger's `sh verify.sh` say OK; then its files can be read. */
export const verifiedBundle = async (page: Page): Promise<{ read: (path: string) => string }> => {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: /доказательство|далил/i }).click();
  const file = await (await downloading).path();
  const folder = join(mkdtempSync(join(tmpdir(), 'sochi-e2e-')), 'bundle');
  execFileSync('unzip', ['-q', file, '-d', folder]);
  expect(execFileSync('sh', [join(folder, 'verify.sh')], { encoding: 'utf8' })).toMatch(/^OK /m);
  return { read: (path) => readFileSync(join(folder, path), 'utf8') };
};
