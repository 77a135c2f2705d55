import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToolFolder, filesOf, runScript, writeFiles } from './testing/run-verify-script.ts';
import { createSampleAuthority } from './testing/sample-authority.ts';
import { issueSampleSigners, sampleBundle } from './testing/sample-bundle.ts';

// testing/flip-script.ts does every byte of verify.sh; here a sample of every file keeps the gate quick.
const SAMPLES_PER_FILE = 4;

let files: Map<string, Uint8Array>;
let folder: string;

beforeAll(async () => {
  const authority = await createSampleAuthority();
  files = filesOf(await sampleBundle(authority, await issueSampleSigners(authority)));
  folder = createToolFolder();
});

afterAll(() => rmSync(folder, { recursive: true }));

const flipped = (bytes: Uint8Array, share: number, mask: number): Uint8Array => {
  const altered = Uint8Array.from(bytes);
  const position = Math.floor(share * altered.length);
  altered[position] = (altered[position] ?? 0) ^ mask;
  return altered;
};

it('fails when any one byte of any file is altered', () => {
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const samples = fc.sample(fc.tuple(share, fc.integer({ min: 1, max: 255 })), {
    seed: 23112026,
    numRuns: SAMPLES_PER_FILE,
  });
  writeFiles(join(folder, 'b'), files);
  const passed: string[] = [];
  for (const [path, bytes] of files) {
    for (const [at, mask] of samples) {
      writeFiles(join(folder, 'b'), new Map([[path, flipped(bytes, at, mask)]]));
      const { status } = runScript(folder, join(folder, 'b/verify.sh'));
      if (status === 0 || status === null)
        passed.push(`${path} at ${Math.floor(at * bytes.length)} by ${mask}`);
    }
    writeFiles(join(folder, 'b'), new Map([[path, bytes]]));
  }
  // The manifest's own signature is named by nothing else: every byte of it, by one bit.
  for (const path of ['MANIFEST.p7s', 'MANIFEST.sig']) {
    const bytes = files.get(path) ?? new Uint8Array();
    for (let at = 0; at < bytes.length; at += path === 'MANIFEST.sig' ? 1 : 7) {
      writeFiles(join(folder, 'b'), new Map([[path, flipped(bytes, at / bytes.length, 1 << (at % 8))]]));
      const { status } = runScript(folder, join(folder, 'b/verify.sh'));
      if (status === 0 || status === null) passed.push(`${path} at ${at}`);
    }
    writeFiles(join(folder, 'b'), new Map([[path, bytes]]));
  }
  expect(passed).toEqual([]);
  expect(runScript(folder, join(folder, 'b/verify.sh')).status).toBe(0);
}, 120_000);
