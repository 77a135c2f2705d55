import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createToolFolder,
  filesOf,
  findFaketime,
  runScript,
  writeFiles,
} from './testing/run-verify-script.ts';
import { createSampleAuthority, issueSigner } from './testing/sample-authority.ts';
import {
  ACCOUNTANT_SIGNED_AT,
  issueSampleSigners,
  POSTMARKED_AT,
  sampleBundle,
  type SampleChanges,
  type SampleSigners,
} from './testing/sample-bundle.ts';
import { verifyBundle } from './verify-bundle.ts';

const authority = await createSampleAuthority();
const signers = await issueSampleSigners(authority);
const faketime = findFaketime();
const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url));

let folder: string;

beforeAll(() => {
  folder = createToolFolder();
});

afterAll(() => rmSync(folder, { recursive: true }));

const unpacked = (name: string, bundle: Uint8Array): string => {
  writeFiles(join(folder, name), filesOf(bundle));
  return join(folder, name, 'verify.sh');
};

/** Both verifiers' words on a bundle. */
const judged = async (name: string, changes: SampleChanges, by: Partial<SampleSigners> = {}) => {
  const bundle = await sampleBundle(authority, { ...signers, ...by }, changes);
  const { checks } = await verifyBundle(bundle);
  const { status, output } = runScript(folder, unpacked(name, bundle));
  return {
    script: status === 0 ? 'passed' : output.split('\n').find((line) => line.startsWith('FAILED')),
    ours: checks.find((check) => check.status === 'failed') ?? 'passed',
  };
};

// The sample's certificates, lists and answers have all run out by then.
describe.skipIf(faketime === undefined)('five years later', () => {
  const believing = { date: '2031-11-25 12:00:00', faketime: faketime ?? '' };

  it('verify.sh still passes, and says the same', async () => {
    const script = unpacked('later', await sampleBundle(authority, signers, { delegation: {} }));
    const today = runScript(folder, script);
    const later = runScript(folder, script, { believing });
    expect(later).toMatchObject({ status: 0, output: expect.stringMatching(/OK EVERYTHING IS IN ORDER\n$/) });
    expect(later.output).toBe(today.output);
  });

  it('so does sochi verify', async () => {
    const file = join(folder, 'later.zip');
    writeFileSync(file, await sampleBundle(authority, signers, { delegation: {} }));
    const command = [process.execPath, CLI, 'verify', file, '--language', 'en'];
    const run = spawnSync(believing.faketime, [believing.date, ...command], {
      env: { ...process.env, FAKETIME_DONT_FAKE_MONOTONIC: '1' },
      encoding: 'utf8',
    });
    expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining('OK EVERYTHING IS IN ORDER') });
  });
});

describe('what came after a signature does not touch it', () => {
  const passed = { script: 'passed', ours: 'passed' };
  const accountant = signers.accountant.certificate;
  const superseded = { reason: 'superseded', revokedAt: ACCOUNTANT_SIGNED_AT.add({ hours: 5 }) } as const;

  it('a certificate revoked before the postmark, but after its own signature', async () => {
    expect(await judged('revoked', { revoked: [{ certificate: accountant, ...superseded }] })).toEqual(
      passed,
    );
  });

  it('a certificate that ran out soon after the postmark', async () => {
    const head = await issueSigner(authority, 'head', { notAfter: POSTMARKED_AT.add({ hours: 1 }) });
    expect(await judged('expired', {}, { head })).toEqual(passed);
  });

  it('but a revocation in the very second does', async () => {
    const revokedAt = ACCOUNTANT_SIGNED_AT.subtract({ milliseconds: 250 });
    const found = await judged('same-second', {
      revoked: [{ certificate: accountant, ...superseded, revokedAt }],
    });
    expect(found).toMatchObject({
      script: expect.stringContaining('FAILED revoked:'),
      ours: { check: 'report_signature', reason: 'revoked' },
    });
  });
});
