/**
 * The XML of FORM STI-091 edition 9, laid out as the observed XML of the STI cabinet (see README.md). Format version 1.01.
 * Every input cell and every computed cell is written, zeros too; the order is that of the printed form.
 */
import { writeXml } from '@sochi/forms-engine';
import type {
  Calculation,
  CalculationContext,
  CellValue,
  OutputInput,
  XmlElement,
} from '@sochi/forms-engine';

const KIND_CODES = { initial: '0', corrected: '1', liquidation: '3' } as const;

const textOf = (value: CellValue | undefined, where: string): string => {
  if (value?.ok !== true) throw new Error(`${where} has no value: check the findings before writing XML`);
  return value.text;
};

const dayMonthYear = (isoDate: string): string => isoDate.split('-').reverse().join('.');

const leaf = (name: string, content: string): XmlElement => ({ name, content });

const cellElements = ({ compiled, calculation }: OutputInput): XmlElement[] => {
  const items = compiled.definition.sections.flatMap(({ code, items: found }) =>
    code === 'header' ? [] : found,
  );
  const codes = items.flatMap((item) => {
    if (item.item === 'line') return [item.base, item.rate, item.tax];
    return item.item === 'cell' || item.item === 'subtotal' ? [item.cell] : [];
  });
  return codes.map((code) => leaf(`STI091X${code}`, textOf(calculation.cells[code], code)));
};

/** Column 1 is the row's number; the agency's own column numbers are not known. */
const rowElements = (calculation: Calculation, table: string, number: 1 | 2): XmlElement[] =>
  (calculation.tables[table] ?? []).map((row, index) => ({
    name: `STI091_9DECLARATIONDETAIL${number}`,
    content: [
      leaf(`STI091_${number}X1`, String(index + 1)),
      ...['description', 'amount', 'rate', 'tax'].map((column, position) =>
        leaf(`STI091_${number}X${position + 2}`, textOf(row[column], `${table}[${index}].${column}`)),
      ),
    ],
  }));

/** The report as XML; throws when a cell is in error. DATEREPORT is `context.today`. */
export const toXml = (input: OutputInput): string => {
  const { calculation, context } = input;
  const header = (code: string): string => textOf(calculation.cells[code], code);
  return writeXml({
    name: 'FORM',
    attributes: [
      ['DATEREPORT', dayMonthYear(context.today)],
      ['NOMDOC', '0'],
      ['IDFORM', '091_9'],
      ['VERSFORM', '1.01'],
    ],
    content: [
      {
        name: 'PART1',
        content: [
          leaf('FTYPE', KIND_CODES[context.kind]),
          leaf('STARTDATE', dayMonthYear(header('201'))),
          leaf('ENDDATE', dayMonthYear(header('202'))),
        ],
      },
      {
        name: 'PART2',
        content: [
          leaf('FULLNAME', header('103')),
          leaf('TIN', header('102')),
          leaf('RAYONCODE', header('104')),
          leaf('STI091X105', header('105')),
          ...cellElements(input),
          ...rowElements(calculation, 'ADV_CUR', 1),
          ...rowElements(calculation, 'ADV_PREV', 2),
        ],
      },
    ],
  });
};

const dashed = (isoDate: string): string => isoDate.split('-').reverse().join('-');

/** `{INN}_{office}_{dd-mm-yyyy}-{dd-mm-yyyy}_STI-091_9.xml`, the pattern seen for STI-161. */
export const fileName = ({ profile, period }: CalculationContext): string =>
  `${profile.inn}_${profile.officeCode.padStart(3, '0')}_${dashed(period.from)}-${dashed(period.to)}_STI-091_9.xml`;
