import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToolFolder, filesOf, runScript, SHELLS, writeFiles } from './testing/run-verify-script.ts';
import { createSampleAuthority } from './testing/sample-authority.ts';
import { issueSampleSigners, sampleBundle } from './testing/sample-bundle.ts';
import { tamperings, type Tampering } from './testing/tamperings.ts';
import { EXECUTED, textTamperings } from './testing/text-tamperings.ts';
import { verifyBundle } from './verify-bundle.ts';

const authority = await createSampleAuthority();
const signers = await issueSampleSigners(authority);
const all = await tamperings({ authority, signers });

let folder: string;

beforeAll(() => {
  folder = createToolFolder();
});

afterAll(() => rmSync(folder, { recursive: true }));

const ofTexts = new Set((await textTamperings({ authority, signers })).map(({ what }) => what));
const EVERY_SO_MANY = 6;

/** Texts are put to every shell, of the other forgeries one in six: what differs between shells is how they read texts. */
const shellsFor = ({ what }: Tampering, index: number): readonly string[] =>
  ofTexts.has(what) || index % EVERY_SO_MANY === 0 ? SHELLS : SHELLS.slice(0, 1);

it.each(all.map((tampering, index) => [tampering.what, tampering, shellsFor(tampering, index)] as const))(
  'both verifiers find %s',
  async (what, { changes, script, ours }, shells) => {
    const bundle = await sampleBundle(authority, signers, changes);
    const { indication, checks } = await verifyBundle(bundle);
    expect(indication).toBe('TOTAL-FAILED');
    expect(checks.find(({ status }) => status === 'failed')).toMatchObject(ours);
    const name = what.replaceAll(/[^a-z]/gi, '-');
    writeFiles(join(folder, name), filesOf(bundle));
    for (const shell of shells) {
      expect(runScript(folder, join(folder, name, 'verify.sh'), { shell })).toMatchObject({
        status: 42,
        output: expect.stringContaining(`FAILED ${script}:`),
      });
    }
    // No shell may run anything of a bundle.
    expect(existsSync(join(folder, name, EXECUTED))).toBe(false);
  },
);
