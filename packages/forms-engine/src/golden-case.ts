import type { Answers } from './answers.ts';
import { calculate } from './calculate.ts';
import type { CalculationContext, CellValue, Finding } from './calculation.ts';
import { checkAnswersShape } from './check-answers.ts';
import { compileForm } from './compile-form.ts';
import type { FormModule } from './form-module.ts';

/** What a `cases/*.json` file holds. */
export interface GoldenCase {
  /** What the case shows, in a sentence. */
  readonly name: string;
  readonly context: CalculationContext;
  readonly answers: Answers;
  readonly expected: {
    /** Some cells: a text, or `!` and the error code. */
    readonly cells: Readonly<Record<string, string>>;
    readonly tables?: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;
    /** All findings, in order. */
    readonly findings: readonly Finding[];
  };
}

export interface GoldenOutcome {
  /** Empty when the case passes. */
  readonly differences: readonly string[];
  /** The report; absent when an error forbids it. */
  readonly xml: string | undefined;
}

const written = (value: CellValue | undefined): string => {
  if (value === undefined) return 'nothing';
  return value.ok ? value.text : `!${value.error}`;
};

const differ = (where: string, expected: string, found: string): string[] =>
  expected === found ? [] : [`${where}: expected ${expected}, found ${found}`];

const differAll = (
  where: string,
  expected: Readonly<Record<string, string>>,
  found: Readonly<Record<string, CellValue>> | undefined,
): string[] =>
  Object.entries(expected).flatMap(([code, text]) =>
    differ(`${where} ${code}`, text, written(found?.[code])),
  );

/** Keys in one order, so that equal findings are equal texts. */
const findingText = ({ rule, severity, at, code, data }: Finding): string =>
  JSON.stringify([
    severity,
    rule,
    'cell' in at ? at.cell : `${at.table}[${at.row}].${at.column}`,
    code,
    Object.entries(data ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ]);

/** Calculates a case and compares; `expectedXml` is compared when given. */
export const runGoldenCase = (form: FormModule, golden: GoldenCase, expectedXml?: string): GoldenOutcome => {
  const compiled = compileForm(form.definition);
  const { context, answers, expected } = golden;
  const shape = checkAnswersShape(compiled, answers);
  if (!shape.ok)
    return { differences: shape.problems.map(({ at, code }) => `answers ${at}: ${code}`), xml: undefined };
  const calculation = calculate(compiled, shape.answers, context);
  const hasErrors = calculation.findings.some(({ severity }) => severity === 'E');
  const xml = hasErrors ? undefined : form.toXml({ compiled, calculation, context });
  const differences = [
    ...differAll('cell', expected.cells, calculation.cells),
    ...Object.entries(expected.tables ?? {}).flatMap(([table, rows]) => [
      ...differ(`rows of ${table}`, String(rows.length), String(calculation.tables[table]?.length)),
      ...rows.flatMap((row, index) =>
        differAll(`${table}[${index}]`, row, calculation.tables[table]?.[index]),
      ),
    ]),
    ...differ(
      'findings',
      expected.findings.map(findingText).join('\n'),
      calculation.findings.map(findingText).join('\n'),
    ),
    ...(expectedXml === undefined ? [] : differ('xml', expectedXml, xml ?? 'nothing')),
  ];
  return { differences, xml };
};
