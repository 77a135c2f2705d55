import { existsSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { loadMasterKey } from './master-key.ts';

it('is made once, whole and for its owner alone, though many ask for it at the same moment', async () => {
  for (let round = 0; round < 20; round += 1) {
    const folder = join(temporaryFolder(), 'keys');
    const path = join(folder, 'master.key');
    const keys = await Promise.all(Array.from({ length: 16 }, () => loadMasterKey(path)));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['master.key']);
  }
});

it('is never seen unfinished', async () => {
  const sizes = new Set<number>();
  for (let round = 0; round < 50; round += 1) {
    const path = join(temporaryFolder(), 'master.key');
    const making = loadMasterKey(path);
    for (let isMade = false; !isMade;) {
      if (existsSync(path)) sizes.add(statSync(path).size);
      isMade = await Promise.race([making.then(() => true), setImmediate(false)]);
    }
  }
  expect([...sizes].filter((size) => size !== 65)).toEqual([]);
});
