import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calculate, checkAnswersShape, compileForm } from '@sochi/forms-engine';
import { describe, expect, it } from 'vitest';
import { caseProblems, schemaProblems, untestedChecks } from './test/case-problems.ts';
import { formIds, readFormFolder } from './test/form-folder.ts';
import { folderHash, frozenProblems } from './test/frozen.ts';
import type { Frozen } from './test/frozen.ts';
import { labelProblems } from './test/label-problems.ts';
import { formMetas, loadForm } from './index.ts';

const root = import.meta.dirname;
const ids = formIds(root);
const folders = await Promise.all(ids.map((id) => readFormFolder(root, id)));

it('finds the forms and they are all in the registry', () => {
  expect(ids).toContain('gns/sti-091/9');
  expect(formMetas.map(({ id }) => id)).toEqual(ids);
});

it('has not changed a published form', () => {
  // frozen.json is our own file; its shape is what this test is about.
  const frozen = JSON.parse(readFileSync(join(root, 'frozen.json'), 'utf8')) as Frozen;
  expect(frozenProblems(frozen, new Map(folders.map((folder) => [folder.id, folderHash(folder)])))).toEqual(
    [],
  );
});

describe.each(folders)('$id', (folder) => {
  const { id, form, cases } = folder;

  it('is a valid definition that says where it lives', () => {
    expect(() => compileForm(form.definition)).not.toThrow();
    expect(form.definition.meta.id).toBe(id);
    expect(`${form.definition.meta.agency}/`).toBe(id.slice(0, id.indexOf('/') + 1));
    expect(folder.readme.length).toBeGreaterThan(200);
  });

  it('has every caption in every language', () => {
    expect(labelProblems(form)).toEqual([]);
  });

  it('passes its cases, and every check has one', () => {
    expect(cases.length).toBeGreaterThan(0);
    expect(caseProblems(folder)).toEqual([]);
    expect(untestedChecks(folder)).toEqual([]);
  });

  it('writes XML that its schema accepts, and the schema refuses another', async () => {
    const documents = cases.flatMap(({ file, xml }) =>
      xml === undefined ? [] : [{ fileName: `${file}.xml`, contents: xml }],
    );
    expect(documents.length).toBeGreaterThan(0);
    expect(await schemaProblems(folder.schema, documents)).toEqual([]);
    const spoiled = documents.slice(0, 1).map(({ fileName, contents }) => {
      const last = contents.lastIndexOf('</');
      return { fileName, contents: `${contents.slice(0, last)}<UNKNOWN/>${contents.slice(last)}` };
    });
    expect(await schemaProblems(folder.schema, spoiled)).not.toEqual([]);
  });

  it('writes the same bytes every time, also after the answers went through JSON', () => {
    const compiled = compileForm(form.definition);
    for (const { golden, xml } of cases) {
      const stored: unknown = JSON.parse(JSON.stringify(golden.answers));
      const checked = checkAnswersShape(compiled, stored);
      if (xml === undefined || !checked.ok) continue;
      const calculation = calculate(compiled, checked.answers, golden.context);
      expect(form.toXml({ compiled, calculation, context: golden.context })).toBe(xml);
    }
  });

  it('is loaded by the registry as the same form', async () => {
    expect((await loadForm(id)).definition).toEqual(form.definition);
  });
});
