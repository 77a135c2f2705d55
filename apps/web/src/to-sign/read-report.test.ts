import { formMetas, loadForm } from '@sochi/forms';
import { expect, it } from 'vitest';
import { itemRuns } from './item-runs.ts';
import { readReport } from './read-report.ts';
import { shortHash } from './sha256.ts';
import type { XmlElement } from './xml-element.ts';

const cases = import.meta.glob<string>('../../../../forms/gns/sti-091/9/cases/*.xml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const vector = Object.entries(cases).find(([path]) => path.endsWith('/test-vector.xml'))?.[1] ?? '';

const plain = (text: string): string =>
  text.replace(
    /&(amp|lt|gt|quot);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? '',
  );

/** Reads the canonical XML of the golden cases, one element to a line; the browser's parser is not there in unit tests. */
const parse = (xml: string): XmlElement => {
  type Open = { name: string; attributes: [string, string][]; children: XmlElement[]; text: string };
  const top: Open = { name: '', attributes: [], children: [], text: '' };
  const stack = [top];
  for (const line of xml.split('\n').slice(1)) {
    const [, name = '', attributes = '', end = '', text = ''] =
      /^\s*<([A-Z][\w]*)((?: \w+="[^"]*")*)(\/?)>(?:([^<]*)<\/\w+>)?$/.exec(line) ?? [];
    if (name === '') {
      if (/^\s*<\//.test(line)) stack.pop();
      continue;
    }
    const element: Open = {
      name,
      attributes: [...attributes.matchAll(/ (\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        plain(value),
      ]),
      children: [],
      text: plain(text),
    };
    stack.at(-1)?.children.push(element);
    if (end === '' && !line.includes('</')) stack.push(element);
  }
  const [root] = top.children;
  if (!root) throw new Error('no element');
  return root;
};

const valuesOf = ({ attributes, children, text }: XmlElement): string[] => [
  ...attributes.map(([, value]) => value),
  ...(children.length === 0 ? [text] : children.flatMap(valuesOf)),
];

const form = await loadForm(formMetas[0]?.id ?? '');

it('puts the values of the test vector into their cells, exactly as in the file', () => {
  const { cells, tables, others } = readReport(parse(vector), form.definition);
  expect(cells).toMatchObject({
    '001': '0',
    '102': '01201201210012',
    '103': 'ОсОО «Ак Көл»',
    '104': '005',
    '186': '2100',
    '187': '67',
    '201': '01.01.2026',
  });
  expect(tables['ADV_CUR']).toEqual([
    { number: '1', columns: { description: 'Предоплата за товар', amount: '150', rate: '2', tax: '3' } },
  ]);
  expect(tables['ADV_PREV']).toHaveLength(1);
  expect(others.map(({ name }) => name)).toEqual([
    'FORM/@DATEREPORT',
    'FORM/@NOMDOC',
    'FORM/@IDFORM',
    'FORM/@VERSFORM',
  ]);
});

const shown = (xml: string): string[] => {
  const { cells, tables, others } = readReport(parse(xml), form.definition);
  const rows = Object.values(tables).flat();
  return [
    ...Object.values(cells),
    ...rows.flatMap(({ number, columns }) => [number, ...Object.values(columns)]),
    ...others.map(({ text }) => text),
  ].sort();
};

it.each(Object.keys(cases))('hides no value of %s', (path) => {
  const xml = cases[path] ?? '';
  expect(shown(xml)).toEqual(valuesOf(parse(xml)).sort());
});

it('shows what has no place in the form, and a value that comes twice', () => {
  const strange = vector.replace(
    '  </PART2>',
    '    <STI091X186>9</STI091X186>\n    <BONUS>7</BONUS>\n  </PART2>',
  );
  const { cells, others } = readReport(parse(strange), form.definition);
  expect(cells['186']).toBe('2100');
  expect(others).toContainEqual({ name: 'STI091X186', text: '9' });
  expect(others).toContainEqual({ name: 'BONUS', text: '7' });
  expect(shown(strange)).toEqual(valuesOf(parse(strange)).sort());
});

it('has a place on the screen for every cell that is in the file', () => {
  const { cells } = readReport(parse(vector), form.definition);
  const placed = form.definition.sections
    .flatMap(({ items }) => itemRuns(items))
    .flatMap((run) => {
      if (run.kind === 'cells') return run.codes;
      if (run.kind !== 'lines') return [];
      return run.items.flatMap((item) =>
        item.item === 'line' ? [item.base, item.rate, item.tax] : [item.cell],
      );
    });
  expect(Object.keys(cells).filter((code) => !placed.includes(code))).toEqual([]);
});

it('shortens a fingerprint to its ends', () => {
  expect(shortHash('0123456789abcdef'.repeat(4))).toBe('0123 4567 … 89ab cdef');
});
