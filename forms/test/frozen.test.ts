import { cpSync, mkdtempSync, rmSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { form } from '../gns/sti-091/9/index.ts';
import { folderHash, frozenProblems } from './frozen.ts';

const copy = mkdtempSync(join(tmpdir(), 'sochi-frozen-'));
afterAll(() => {
  rmSync(copy, { recursive: true, force: true });
});

it('lets drafts of forms move and holds published ones', () => {
  const hashes = new Map([['a/b/1', 'new']]);
  expect(frozenProblems({ 'a/b/1': { published: false, sha256: 'old' } }, hashes)).toEqual([]);
  expect(frozenProblems({ 'a/b/1': { published: true, sha256: 'new' } }, hashes)).toEqual([]);
  expect(frozenProblems({ 'a/b/1': { published: true, sha256: 'old' } }, hashes)).toHaveLength(1);
  expect(frozenProblems({ 'a/b/1': { published: true } }, hashes)).toHaveLength(1);
  expect(frozenProblems({ 'a/b/2': { published: true, sha256: 'new' } }, hashes)).toHaveLength(1);
});

it('sees a change of any data file and of the definition, but not of the README', () => {
  cpSync(join(import.meta.dirname, '../gns/sti-091/9'), copy, { recursive: true });
  const before = folderHash({ path: copy, form });
  appendFileSync(join(copy, 'README.md'), '\n');
  expect(folderHash({ path: copy, form })).toBe(before);
  appendFileSync(join(copy, 'labels.ky.ts'), '\n');
  const after = folderHash({ path: copy, form });
  expect(after).not.toBe(before);
  const definition = { ...form.definition, checks: [] };
  expect(folderHash({ path: copy, form: { ...form, definition } })).not.toBe(after);
});
