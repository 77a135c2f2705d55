/**
 * Scaffolds the folder of a new form (or a new edition of one):
 *
 *   npm run new:form -- gns sti-091 10 [--root DIR]
 *
 * The folder passes forms.test.ts at once; replace its one line, its captions, its output and its README with the truth.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { writeMissingCaseOutputs, writeRegistries } from './gen-registry.ts';

interface NewForm {
  readonly agency: string;
  readonly code: string;
  readonly edition: string;
}

const formSource = ({
  agency,
  code,
  edition,
}: NewForm): string => `import type { FormDefinition } from '@sochi/forms-engine';

export const definition: FormDefinition = {
  meta: {
    id: '${agency}/${code}/${edition}',
    agency: '${agency}',
    series: 'FORM',
    code: '${code.toUpperCase()}',
    edition: '${edition}',
    periodicity: 'quarter',
    validFrom: '2026-01-01',
    dueRule: { monthOffset: 1, day: 20, shiftIfHoliday: true },
    requiredSigners: ['head', 'accountant'],
    provenance: 'U',
  },
  cells: [
    {
      code: '102',
      kind: 'inn',
      label: 'cell.102',
      source: { from: 'profile', field: 'inn' },
      required: true,
      provenance: 'U',
    },
    { code: '050', kind: 'money', label: 'line.first', provenance: 'U' },
    { code: '051', kind: 'rate', label: 'line.first', default: '4', provenance: 'U' },
    { code: '052', kind: 'money', label: 'line.first', formula: 'r2(c050 * c051 / 100)', provenance: 'U' },
  ],
  tables: [],
  sections: [
    { code: 'header', label: 'section.header', items: [{ item: 'cell', cell: '102' }] },
    {
      code: 'lines',
      label: 'section.lines',
      items: [{ item: 'line', code: 'first', label: 'line.first', base: '050', rate: '051', tax: '052' }],
    },
  ],
  checks: [
    { id: 'rate.unusual', severity: 'W', at: [{ cell: '051' }], must: 'this = default(this)', provenance: 'U' },
  ],
};
`;

const RU = {
  title: 'Новый отчёт',
  short: 'Новый отчёт',
  who: 'Кто подаёт этот отчёт',
  'section.header': 'Сведения о налогоплательщике',
  'section.lines': 'Строки отчёта',
  'column.base': 'База, сом',
  'column.rate': 'Ставка, %',
  'column.tax': 'Сумма, сом',
  'cell.102': 'ИНН',
  'line.first': 'Первая строка',
  'check.rate.unusual': 'Ставка отличается от обычной.',
};

const KY: Record<keyof typeof RU, string> = {
  title: 'Жаңы отчёт',
  short: 'Жаңы отчёт',
  who: 'Бул отчётту ким тапшырат',
  'section.header': 'Салык төлөөчү жөнүндө маалымат',
  'section.lines': 'Отчёттун саптары',
  'column.base': 'База, сом',
  'column.rate': 'Ставкасы, %',
  'column.tax': 'Суммасы, сом',
  'cell.102': 'ИНН',
  'line.first': 'Биринчи сап',
  'check.rate.unusual': 'Ставка кадимкиден айырмаланат.',
};

const EN: Record<keyof typeof RU, string> = {
  title: 'New report',
  short: 'New report',
  who: 'Who files this report',
  'section.header': 'The taxpayer',
  'section.lines': 'Lines',
  'column.base': 'Base, som',
  'column.rate': 'Rate, %',
  'column.tax': 'Amount, som',
  'cell.102': 'INN',
  'line.first': 'First line',
  'check.rate.unusual': 'The rate differs from the usual one.',
};

const literal = (labels: Readonly<Record<string, string>>): string =>
  Object.entries(labels)
    .map(([key, text]) => `  ${/^\w+$/.test(key) ? key : `'${key}'`}: '${text}',\n`)
    .join('');

const labelsSource = (language: 'ru' | 'ky' | 'en', labels: Readonly<Record<string, string>>): string =>
  language === 'ru'
    ? `export const ru = {\n${literal(labels)}} as const;\n`
    : `import type { ru } from './labels.ru.ts';\n\nexport const ${language} = {\n${literal(labels)}} as const satisfies Record<keyof typeof ru, string>;\n`;

const outputSource = ({ code, edition }: NewForm): string => `import { writeXml } from '@sochi/forms-engine';
import type { CalculationContext, OutputInput } from '@sochi/forms-engine';

/** The report as XML; throws when a cell is in error. Format version 1. */
export const toXml = ({ compiled, calculation }: OutputInput): string => {
  const content = [...compiled.cells.keys()].map((code) => {
    const value = calculation.cells[code];
    if (value?.ok !== true) throw new Error(\`\${code} has no value: check the findings before writing XML\`);
    return { name: \`C\${code}\`, content: value.text };
  });
  return writeXml({ name: 'FORM', attributes: [['ID', '${code}_${edition}']], content });
};

/** The name the agency expects for the file. */
export const fileName = ({ profile, period }: CalculationContext): string =>
  \`\${profile.inn}_\${period.from}_\${period.to}_${code}_${edition}.xml\`;
`;

const INDEX = `import type { FormModule } from '@sochi/forms-engine';
import { definition } from './form.ts';
import { en } from './labels.en.ts';
import { ky } from './labels.ky.ts';
import { ru } from './labels.ru.ts';
import { fileName, toXml } from './output.ts';

export const form: FormModule = { definition, labels: { ru, ky, en }, toXml, fileName };
`;

const schemaSource = ({ code, edition }: NewForm): string => `<?xml version="1.0" encoding="UTF-8"?>
<!-- Ours until the agency gives one. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="FORM">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="C102" type="xs:string"/>
        <xs:element name="C050" type="xs:decimal"/>
        <xs:element name="C051" type="xs:decimal"/>
        <xs:element name="C052" type="xs:decimal"/>
      </xs:sequence>
      <xs:attribute name="ID" type="xs:string" fixed="${code}_${edition}" use="required"/>
    </xs:complexType>
  </xs:element>
</xs:schema>
`;

const CASE = {
  name: 'An unusual rate warns and is used.',
  context: {
    profile: { inn: '01201201210012', name: 'ОсОО «Ак Көл»', officeCode: '005', phone: '+996555123456' },
    period: { from: '2026-01-01', to: '2026-03-31' },
    kind: 'initial',
    today: '2026-04-10',
  },
  answers: { cells: { '050': '1000', '051': '2' }, tables: {} },
  expected: {
    cells: { '052': '20' },
    findings: [{ rule: 'rate.unusual', severity: 'W', at: { cell: '051' }, code: 'check.rate.unusual' }],
  },
};

const readmeSource = ({ code, edition }: NewForm): string => `# ${code.toUpperCase()}, edition ${edition}

**Legal source.** Which order of which day brought this edition, and from which tax period it is used.

**What is how sure.** Every cell carries its provenance: S, S2, K, R or U. The scaffold marks everything U.

**Decisions.** What was unclear and how it was settled.

**Differences from the previous edition.** Cell numbers must never be carried over without looking.
`;

/** The files of a new form's folder, by path inside it. */
const scaffold = (form: NewForm): ReadonlyMap<string, string> =>
  new Map([
    ['form.ts', formSource(form)],
    ['labels.ru.ts', labelsSource('ru', RU)],
    ['labels.ky.ts', labelsSource('ky', KY)],
    ['labels.en.ts', labelsSource('en', EN)],
    ['output.ts', outputSource(form)],
    ['index.ts', INDEX],
    ['schema.xsd', schemaSource(form)],
    ['cases/unusual-rate.json', `${JSON.stringify(CASE, null, 2)}\n`],
    ['README.md', readmeSource(form)],
  ]);

const USAGE =
  'usage: npm run new:form -- <agency> <code> <edition> [--root DIR]\nin small letters, digits, dots and dashes: gns sti-091 10\n';

const run = async (args: readonly string[]): Promise<number> => {
  const rootAt = args.indexOf('--root');
  const root = resolve(rootAt < 0 ? join(import.meta.dirname, '..') : (args[rootAt + 1] ?? '.'));
  const names = args.filter((_, index) => rootAt < 0 || (index !== rootAt && index !== rootAt + 1));
  const [agency, code, edition] = names;
  if (
    !agency ||
    !code ||
    !edition ||
    names.length > 3 ||
    !names.every((name) => /^[a-z0-9][a-z0-9.-]{0,39}$/.test(name))
  ) {
    process.stderr.write(USAGE);
    return 2;
  }
  const id = `${agency}/${code}/${edition}`;
  const folder = join(root, 'forms', id);
  if (existsSync(folder)) {
    process.stderr.write(`forms/${id} is there already\n`);
    return 1;
  }
  for (const [path, source] of scaffold({ agency, code, edition })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  await writeMissingCaseOutputs(root, id);
  await writeRegistries(root);
  process.stdout.write(`made forms/${id}: start with README.md and form.ts, then npm run check\n`);
  return 0;
};

process.exitCode = await run(process.argv.slice(2));
