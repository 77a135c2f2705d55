import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Builds the screens into apps/web/dist, only if what they are made of has changed since the last time. */
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const DIST = `${ROOT}apps/web/dist/`;
const STAMP = `${DIST}.built-from`;

const SOURCES = [
  'apps/web/{src,public}/**/*',
  'apps/web/{index.html,vite.config.ts,package.json}',
  'forms/**/*.ts',
  'packages/{kernel,contract,forms-engine}/src/**/*.ts',
  'package-lock.json',
];

const fingerprint = async (): Promise<string> => {
  const files: string[] = [];
  for await (const entry of glob(SOURCES, { cwd: ROOT, withFileTypes: true })) {
    if (entry.isFile()) files.push(`${entry.parentPath}/${entry.name}`);
  }
  const hash = createHash('sha256');
  for (const file of files.sort()) hash.update(file.slice(ROOT.length)).update(await readFile(file));
  return hash.digest('hex');
};

const wanted = await fingerprint();
const built = existsSync(STAMP) ? await readFile(STAMP, 'utf8') : '';
if (built !== wanted) {
  const { build } = await import('vite');
  await build({ root: `${ROOT}apps/web`, logLevel: 'warn' });
  await writeFile(STAMP, wanted);
}
