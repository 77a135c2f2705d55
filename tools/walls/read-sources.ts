import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

const HIDDEN = new Set([
  'node_modules',
  'dist',
  'var',
  '.git',
  'coverage',
  'test-results',
  'playwright-report',
]);

/** Every TypeScript file below `root`: path from the root, with slashes -> text. */
export const readSources = (root: string): Map<string, string> => {
  const paths = globSync('**/*.{ts,tsx}', {
    cwd: root,
    exclude: (name) => HIDDEN.has(name.split(sep).at(-1) ?? ''),
  });
  return new Map(paths.map((path) => [path.split(sep).join('/'), readFileSync(join(root, path), 'utf8')]));
};
