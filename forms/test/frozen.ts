import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FormFolder } from './form-folder.ts';

/** `forms/frozen.json`: forms not in it are not published yet. */
export type Frozen = Readonly<Record<string, { readonly published: boolean; readonly sha256?: string }>>;

/** SHA-256 over the definition as data and the folder's own data files (code, labels, schema; not README and cases). */
export const folderHash = ({ path, form }: Pick<FormFolder, 'path' | 'form'>): string => {
  const hash = createHash('sha256').update(JSON.stringify(form.definition));
  const files = readdirSync(path).filter((file) => /\.(ts|xsd)$/.test(file) && !file.endsWith('.test.ts'));
  for (const file of files.sort()) hash.update(`\0${file}\0`).update(readFileSync(join(path, file)));
  return hash.digest('hex');
};

/** Published forms that changed or disappeared: a change needs a new edition's folder. */
export const frozenProblems = (frozen: Frozen, hashes: ReadonlyMap<string, string>): string[] =>
  Object.entries(frozen).flatMap(([id, { published, sha256 }]) => {
    const found = hashes.get(id);
    if (found === undefined) return [`${id} is in frozen.json and has no folder`];
    if (!published || found === sha256) return [];
    return [
      `${id} is published and changed: make a new edition (frozen ${sha256 ?? 'without hash'}, found ${found})`,
    ];
  });
