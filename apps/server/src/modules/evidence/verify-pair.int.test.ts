import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesOf, writeFiles } from './testing/run-verify-script.ts';
import { createSampleAuthority } from './testing/sample-authority.ts';
import { issueSampleSigners, sampleBundle } from './testing/sample-bundle.ts';

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url));
let folder: string;
let lists: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sochi-pair-'));
  const authority = await createSampleAuthority();
  const files = filesOf(await sampleBundle(authority, await issueSampleSigners(authority)));
  writeFiles(folder, files);
  lists = [...files.keys()].filter((path) => /^revocation\/postmark\/.*\.crl$/.test(path));
});
afterAll(() => rmSync(folder, { recursive: true }));

const verify = (...args: string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [CLI, 'verify', ...args, '--language', 'en'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout };
};
const PAIR = ['report.xml', 'report.p7s'];
const ROOT = ['--root', 'certs/root.pem'];
const allLists = () => lists.flatMap((list) => ['--crl', list]);

it('passes with the root and the lists of the time of signing', () => {
  expect(verify(...PAIR, ...ROOT, ...allLists())).toMatchObject({ status: 0 });
});

it('says what was lacking when it cannot tell', () => {
  const withoutLists = verify(...PAIR, ...ROOT);
  expect(withoutLists.status).toBe(3);
  expect(withoutLists.stdout).toContain('INDETERMINATE');
  expect(verify(...PAIR).status).toBe(3);
});

it('fails for other bytes', () => {
  writeFileSync(join(folder, 'other.xml'), 'other');
  expect(verify('other.xml', 'report.p7s', ...ROOT, ...allLists())).toMatchObject({ status: 1 });
});

it('reads BER as well', () => {
  // The outer value with an indefinite length, as streaming writers leave it.
  const der = readFileSync(join(folder, 'report.p7s'));
  const head = 2 + ((der[1] ?? 0) & 0x7f);
  const ber = Buffer.concat([Buffer.of(0x30, 0x80), der.subarray(head), Buffer.of(0, 0)]);
  writeFileSync(join(folder, 'ber.p7s'), ber);
  expect(verify('report.xml', 'ber.p7s', ...ROOT, ...allLists())).toMatchObject({ status: 0 });
});
