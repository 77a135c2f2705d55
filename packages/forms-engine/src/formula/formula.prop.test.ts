import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileForm } from '../compile-form.ts';
import { FormDefinitionError } from '../form-definition-error.ts';
import { aCell, aForm } from '../test/a-form.ts';
import { BINARY_OPERATORS, CONTEXT_NAMES } from './ast.ts';
import type { Formula, Reference } from './ast.ts';
import { FormulaError } from './formula-error.ts';
import { parseFormula } from './parse.ts';
import { printFormula } from './print.ts';

const name = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,5}$/);
const code = fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_]{0,5}$/), fc.stringMatching(/^[0-9]{1,4}$/));
const reference: fc.Arbitrary<Reference> = fc.oneof(
  code.map((value) => ({ node: 'cell', code: value }) as const),
  fc.record({ node: fc.constant('column' as const), table: name, code }),
  code.map((value) => ({ node: 'row', code: value }) as const),
  fc.constant({ node: 'this' } as const),
);
const leaf: fc.Arbitrary<Formula> = fc.oneof(
  reference,
  fc.stringMatching(/^[0-9]{1,9}(\.[0-9]{1,4})?$/).map((value) => ({ node: 'number', value }) as const),
  fc.string({ maxLength: 8 }).map((value) => ({ node: 'text', value }) as const),
  fc.boolean().map((value) => ({ node: 'boolean', value }) as const),
  fc.constantFrom(...CONTEXT_NAMES).map((value) => ({ node: 'context', name: value }) as const),
  reference.map((of) => ({ node: 'default', of }) as const),
);
const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5, depthIdentifier: 'formula' },
    leaf,
    fc.record({ node: fc.constantFrom('negate', 'not'), of: tie('formula') }),
    fc.record({
      node: fc.constant('binary' as const),
      operator: fc.constantFrom(...BINARY_OPERATORS),
      left: tie('formula'),
      right: tie('formula'),
    }),
    fc.record({
      node: fc.constant('call' as const),
      name: fc.constantFrom('SUM', 'r2', 'if', 'anything'),
      args: fc.array(tie('formula'), { maxLength: 3 }),
    }),
  ),
}));

it('reads back every formula it prints', () => {
  fc.assert(
    fc.property(formula, (tree) => {
      const printed = printFormula(tree);
      fc.pre(printed.length < 4000);
      expect(parseFormula(printed)).toEqual(tree);
    }),
    { numRuns: 1000 },
  );
});

const PIECES =
  "c1 c2 c3 T.a row.a this $kind $today default( SUM( if( r2( div( oneOf( ( ) , + - * / < = <> and or not true 1 100 3 0.5 'x' ' . $";
const pieces = fc.constantFrom(...PIECES.split(' '), ' ');
const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(' ')),
  fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join('')),
);

it('throws nothing but FormulaError for any text', () => {
  fc.assert(
    fc.property(noise, (text) => {
      try {
        parseFormula(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FormulaError);
      }
    }),
    { numRuns: 2000 },
  );
});

it('compiles or refuses with FormDefinitionError, whatever the formula', () => {
  fc.assert(
    fc.property(noise, (text) => {
      try {
        compileForm(
          aForm({ cells: [aCell('1'), aCell('2', { kind: 'text' }), aCell('3', { formula: text })] }),
        );
      } catch (error) {
        expect(error).toBeInstanceOf(FormDefinitionError);
      }
    }),
    { numRuns: 2000 },
  );
});
