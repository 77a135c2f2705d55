import { calculate, compileForm } from '@sochi/forms-engine';
import type { Answers, Cell, Column, FormDefinition } from '@sochi/forms-engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaProblems } from './test/case-problems.ts';
import { formIds, readFormFolder } from './test/form-folder.ts';

const root = import.meta.dirname;
const folders = await Promise.all(formIds(root).map((id) => readFormFolder(root, id)));

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

/** The same form with its lists in another order; sections, which are the reading order, stay. */
const reordered = (definition: FormDefinition): fc.Arbitrary<FormDefinition> =>
  fc
    .record({
      cells: shuffled(definition.cells),
      tables: shuffled(definition.tables),
      checks: shuffled(definition.checks),
    })
    .map((lists) => ({ ...definition, ...lists }));

describe.each(folders)('$id', (folder) => {
  const { form, cases } = folder;
  it('calculates the same whatever the order of cells, tables and checks', () => {
    const expected = cases.map(({ golden }) =>
      calculate(compileForm(form.definition), golden.answers, golden.context),
    );
    fc.assert(
      fc.property(reordered(form.definition), (definition) => {
        const compiled = compileForm(definition);
        const found = cases.map(({ golden }) => calculate(compiled, golden.answers, golden.context));
        expect(found).toEqual(expected);
        expect(JSON.stringify(found)).toBe(JSON.stringify(expected));
      }),
      { numRuns: 10 },
    );
  });

  const compiled = compileForm(form.definition);
  const context = cases.find(({ xml }) => xml !== undefined)?.golden.context;
  if (context === undefined) throw new Error('a form needs a case without errors');
  const answersOf = (text: fc.Arbitrary<string>): fc.Arbitrary<Answers> => {
    const typedInto = (columns: readonly (Cell | Column)[]): fc.Arbitrary<Record<string, string>> =>
      fc.dictionary(fc.constantFrom(...columns.map(({ code }) => code)), text);
    const rows = form.definition.tables.map(
      ({ code, columns }) => [code, fc.array(typedInto(columns), { maxLength: 3 })] as const,
    );
    return fc.record({
      cells: typedInto(form.definition.cells),
      tables: fc.record(Object.fromEntries(rows)),
    });
  };
  const number = fc.oneof(
    fc.constantFrom('0,25', '1 000,50', '8', '', '4', '0.5', '999999999999999,99', '1000'),
    fc.integer({ min: 0, max: 10 ** 9 }).map(String),
  );

  it('never throws for what is typed; what it cannot read it says', () => {
    fc.assert(
      fc.property(answersOf(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), number)), (answers) => {
        const { cells, findings } = calculate(compiled, answers, context);
        const unread = Object.values(cells).filter((value) => !value.ok && value.error !== 'depends');
        expect(findings.filter(({ rule, at }) => rule === 'field' && 'cell' in at)).toHaveLength(
          unread.length,
        );
      }),
      { numRuns: 200 },
    );
  });

  it('writes XML that its schema accepts whenever nothing is wrong', async () => {
    const documents = fc
      .sample(answersOf(number), { numRuns: 400, seed: 91 })
      .map((answers) => calculate(compiled, answers, context))
      .filter(({ findings }) => findings.every(({ severity }) => severity !== 'E'))
      .map((calculation, index) => ({
        fileName: `${index}.xml`,
        contents: form.toXml({ compiled, calculation, context }),
      }));
    expect(documents.length).toBeGreaterThan(10);
    expect(await schemaProblems(folder.schema, documents)).toEqual([]);
  });
});
