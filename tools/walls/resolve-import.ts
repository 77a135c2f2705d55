import { posix } from 'node:path';
import { ROOMS } from './rooms.ts';

/** Where an import leads: to a file of the project, a module of Node, an npm package, or nowhere. */
export type Target =
  | { kind: 'file'; path: string }
  | { kind: 'workspace'; room: string; path: string }
  | { kind: 'builtin'; name: string }
  | { kind: 'package'; name: string }
  | { kind: 'missing'; name: string };

const SOURCE = /\.(ts|tsx|mjs)$/;
/** What only a bundler or `with { type: 'json' }` reads: not a module of ours. */
const ASSET = /\.(css|svg|png|json|sql|html|md)(\?.*)?$/;

const entryOf = (folder: string, exists: (path: string) => boolean): string =>
  [`${folder}/src/index.ts`, `${folder}/index.ts`].find(exists) ?? `${folder}/index.ts`;

const fileTarget = (path: string, exists: (path: string) => boolean): Target =>
  exists(path) || ASSET.test(path) ? { kind: 'file', path } : { kind: 'missing', name: path };

/** Resolves `specifier` as imported by the file `from`; `exists` knows the files of the project. */
export const resolveImport = (specifier: string, from: string, exists: (path: string) => boolean): Target => {
  if (specifier.startsWith('.')) return fileTarget(posix.join(posix.dirname(from), specifier), exists);
  if (specifier.startsWith('#')) {
    const app = /^apps\/[^/]+\//.exec(from)?.[0] ?? '';
    const path = `${app}src/${specifier.slice(1)}`;
    const candidates = SOURCE.test(path) ? [path] : [path, `${path}.ts`, `${path}.tsx`];
    return fileTarget(candidates.find(exists) ?? path, exists);
  }
  if (specifier.startsWith('@sochi/')) {
    const [, name = ''] = specifier.split('/');
    const room = ROOMS[name];
    return room
      ? { kind: 'workspace', room: name, path: entryOf(room.folder, exists) }
      : { kind: 'missing', name: specifier };
  }
  return specifier.startsWith('node:')
    ? { kind: 'builtin', name: specifier }
    : { kind: 'package', name: specifier };
};
