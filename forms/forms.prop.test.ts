import { calculate, compileForm } from '@sochi/forms-engine';
import type { FormDefinition } from '@sochi/forms-engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formIds, readFormFolder } from './test/form-folder.ts';

const root = import.meta.dirname;
const folders = await Promise.all(formIds(root).map((id) => readFormFolder(root, id)));

const shuffled = <T>(items: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });

/** The same form with its lists in another order; sections, which are the reading order, stay. */
const reordered = (definition: FormDefinition): fc.Arbitrary<FormDefinition> =>
  fc
    .record({ cells: shuffled(definition.cells), tables: shuffled(definition.tables), checks: shuffled(definition.checks) })
    .map((lists) => ({ ...definition, ...lists }));

describe.each(folders)('$id', ({ form, cases }) => {
  it('calculates the same whatever the order of cells, tables and checks', () => {
    const expected = cases.map(({ golden }) => calculate(compileForm(form.definition), golden.answers, golden.context));
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

  it('never throws for what is typed, and writes XML whenever nothing is wrong', () => {
    const compiled = compileForm(form.definition);
    const context = cases.find(({ xml }) => xml !== undefined)?.golden.context;
    if (context === undefined) throw new Error('a form needs a case without errors');
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.integer({ min: -5, max: 10 ** 9 }).map(String),
      fc.constantFrom('0,25', '1 000,50', '8', '', '4', '0.5'),
    );
    const cells = fc.dictionary(fc.constantFrom(...form.definition.cells.map(({ code }) => code)), text);
    const tables = fc.record(
      Object.fromEntries(
        form.definition.tables.map(({ code, columns }) => [
          code,
          fc.array(fc.dictionary(fc.constantFrom(...columns.map((column) => column.code)), text), { maxLength: 3 }),
        ]),
      ),
    );
    fc.assert(
      fc.property(cells, tables, (typedCells, typedTables) => {
        const calculation = calculate(compiled, { cells: typedCells, tables: typedTables }, context);
        if (calculation.findings.every(({ severity }) => severity !== 'E')) {
          expect(form.toXml({ compiled, calculation, context })).toContain('<?xml');
        }
      }),
      { numRuns: 300 },
    );
  });
});
