import { validateXML } from 'xmllint-wasm';
import { runGoldenCase } from '@sochi/forms-engine';
import type { FormFolder } from './form-folder.ts';

/** Cases that fail, and output files that are missing or too many. */
export const caseProblems = ({ form, cases }: FormFolder): string[] =>
  cases.flatMap(({ file, golden, xml }) => {
    const outcome = runGoldenCase(form, golden, xml);
    const missing = outcome.xml !== undefined && xml === undefined;
    return [
      ...outcome.differences.map((difference) => `${file}: ${difference}`),
      ...(missing
        ? [`${file}: its .xml is missing: look at it after "node tools/gen-registry.ts --cases"`]
        : []),
    ];
  });

/** Checks of the definition that no case shows failing. */
export const untestedChecks = ({ form, cases }: FormFolder): string[] => {
  const shown = new Set(cases.flatMap(({ golden }) => golden.expected.findings.map(({ rule }) => rule)));
  return form.definition.checks.map(({ id }) => id).filter((id) => !shown.has(id));
};

/** What xmllint says against the documents; empty when all are valid. */
export const schemaProblems = async (
  schema: string,
  documents: readonly { readonly fileName: string; readonly contents: string }[],
): Promise<string[]> => {
  const result = await validateXML({
    xml: documents,
    schema: [{ fileName: 'schema.xsd', contents: schema }],
  });
  return result.valid ? [] : result.errors.map(({ rawMessage }) => rawMessage);
};
