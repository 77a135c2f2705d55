/** Reads a form's folder from disk, for the tests of all forms. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FormModule, GoldenCase } from '@sochi/forms-engine';

export interface CaseFile {
  readonly file: string;
  readonly golden: GoldenCase;
  readonly xml: string | undefined;
}

export interface FormFolder {
  readonly id: string;
  readonly path: string;
  readonly form: FormModule;
  readonly cases: readonly CaseFile[];
  readonly schema: string;
  readonly readme: string;
}

const subfolders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map((entry) => entry.name);

/** Ids of all folders three levels down that hold a form.ts. */
export const formIds = (root: string): string[] =>
  subfolders(root)
    .flatMap((agency) => subfolders(join(root, agency)).map((code) => join(agency, code)))
    .flatMap((code) => subfolders(join(root, code)).map((edition) => join(code, edition)))
    .filter((id) => existsSync(join(root, id, 'form.ts')))
    .sort();

const readCases = (path: string): CaseFile[] =>
  readdirSync(path)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const xmlFile = join(path, file.replace(/\.json$/, '.xml'));
      // The shape of a case is checked by running it: a wrong one does not pass.
      const golden = JSON.parse(readFileSync(join(path, file), 'utf8')) as GoldenCase;
      return { file, golden, xml: existsSync(xmlFile) ? readFileSync(xmlFile, 'utf8') : undefined };
    });

export const readFormFolder = async (root: string, id: string): Promise<FormFolder> => {
  const path = join(root, id);
  // What index.ts exports is checked by everything the tests do with it.
  const { form } = (await import(pathToFileURL(join(path, 'index.ts')).href)) as { form: FormModule };
  return {
    id,
    path,
    form,
    cases: readCases(join(path, 'cases')),
    schema: readFileSync(join(path, 'schema.xsd'), 'utf8'),
    readme: readFileSync(join(path, 'README.md'), 'utf8'),
  };
};
