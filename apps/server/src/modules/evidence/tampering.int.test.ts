import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToolFolder, filesOf, runScript, writeFiles } from './testing/run-verify-script.ts';
import { createSampleAuthority } from './testing/sample-authority.ts';
import { issueSampleSigners, sampleBundle } from './testing/sample-bundle.ts';
import { tamperings } from './testing/tamperings.ts';
import { verifyBundle } from './verify-bundle.ts';

const authority = await createSampleAuthority();
const signers = await issueSampleSigners(authority);
const all = await tamperings({ authority, signers });

let folder: string;

beforeAll(() => {
  folder = createToolFolder();
});

afterAll(() => rmSync(folder, { recursive: true }));

it.each(all.map((tampering) => [tampering.what, tampering] as const))(
  'both verifiers find %s',
  async (what, { changes, script, ours }) => {
    const bundle = await sampleBundle(authority, signers, changes);
    const { indication, checks } = await verifyBundle(bundle);
    expect(indication).toBe('TOTAL-FAILED');
    expect(checks.find(({ status }) => status === 'failed')).toMatchObject(ours);
    const name = what.replaceAll(/[^a-z]/gi, '-');
    writeFiles(join(folder, name), filesOf(bundle));
    expect(runScript(folder, join(folder, name, 'verify.sh'))).toMatchObject({
      status: 42,
      output: expect.stringContaining(`FAILED ${script}:`),
    });
  },
);
