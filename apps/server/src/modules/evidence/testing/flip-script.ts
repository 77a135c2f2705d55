/**
 * A long run by hand: alters verify.sh one byte at a time, each byte by each mask, and runs it; every run must fail.
 * Usage: node flip-script.ts [--masks 1,32] [--part 0/1]. Prints the positions that passed or hung.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createSampleAuthority } from './sample-authority.ts';
import { issueSampleSigners, sampleBundle } from './sample-bundle.ts';
import { createToolFolder, filesOf, runScript, writeFiles } from './run-verify-script.ts';

const { values } = parseArgs({
  options: { masks: { type: 'string', default: '1,32' }, part: { type: 'string', default: '0/1' } },
});
const masks = values.masks.split(',').map(Number);
const [part = 0, parts = 1] = values.part.split('/').map(Number);

const authority = await createSampleAuthority();
const files = filesOf(await sampleBundle(authority, await issueSampleSigners(authority)));
const script = files.get('verify.sh') ?? new Uint8Array();
const statuses = new Map<string, number>();

let folder = createToolFolder();
writeFiles(join(folder, 'b'), files);
for (let position = part; position < script.length; position += parts) {
  for (const mask of masks) {
    const altered = Uint8Array.from(script);
    altered[position] = (altered[position] ?? 0) ^ mask;
    // A damaged script may leave files behind: start afresh now and then, and before believing that one passed.
    if ((position - part) % (parts * 500) === 0) {
      folder = createToolFolder();
      writeFiles(join(folder, 'b'), files);
    }
    const path = join(folder, 'b', 'verify.sh');
    writeFileSync(path, altered);
    const { status } = runScript(folder, path);
    statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1);
    if (status === 0 || status === null)
      process.stdout.write(`position ${position} mask ${mask}: ${status ?? 'hung'}\n`);
  }
}
process.stdout.write(
  `${JSON.stringify({ bytes: script.length, masks, part, statuses: Object.fromEntries(statuses) })}\n`,
);
