import type { Cell, Column, FormDefinition, FormMeta, SectionItem, Table } from '@sochi/forms-engine';
import {
  ACTIVITY_LINES,
  ALLOWED_RATES,
  CATERING,
  FREE_ZONE,
  LAST,
  OTHER,
  PRODUCTION,
  SEPARATE,
  TRADE_A,
  TRADE_B,
} from './activity-lines.ts';
import type { ActivityLine } from './activity-lines.ts';
import { checks } from './checks.ts';

export const meta: FormMeta = {
  id: 'gns/sti-091/9',
  agency: 'gns',
  series: 'FORM',
  code: 'STI-091',
  edition: '9',
  periodicity: 'quarter',
  validFrom: '2026-01-01',
  dueRule: { monthOffset: 1, day: 20, shiftIfHoliday: true },
  requiredSigners: ['head', 'accountant'],
  taxDue: '187',
  provenance: 'S',
};

const header: readonly Cell[] = [
  { code: '001', kind: 'kind', label: 'cell.001', source: { from: 'kind' }, provenance: 'S2' },
  {
    code: '201',
    kind: 'date',
    label: 'cell.201',
    source: { from: 'periodFrom' },
    required: true,
    provenance: 'S',
  },
  {
    code: '202',
    kind: 'date',
    label: 'cell.202',
    source: { from: 'periodTo' },
    required: true,
    provenance: 'S',
  },
  {
    code: '102',
    kind: 'inn',
    label: 'cell.102',
    source: { from: 'profile', field: 'inn' },
    required: true,
    provenance: 'S',
  },
  {
    code: '103',
    kind: 'text',
    label: 'cell.103',
    source: { from: 'profile', field: 'name' },
    required: true,
    provenance: 'S',
  },
  {
    code: '104',
    kind: 'code',
    label: 'cell.104',
    source: { from: 'profile', field: 'officeCode' },
    required: true,
    limits: { digits: 3 },
    provenance: 'S',
  },
  {
    code: '105',
    kind: 'phone',
    label: 'cell.105',
    source: { from: 'profile', field: 'phone', editable: true },
    required: true,
    provenance: 'S',
  },
  { code: '901', kind: 'date', label: 'cell.901', source: { from: 'agency' }, provenance: 'S' },
];

const lineCells = ({ code, base, rate, tax, usual }: ActivityLine): readonly Cell[] => [
  { code: base, kind: 'money', label: `line.${code}`, provenance: 'S' },
  {
    code: rate,
    kind: 'rate',
    label: `line.${code}`,
    default: usual,
    limits: { allowed: ALLOWED_RATES },
    provenance: code === 'lottery' ? 'U' : 'S2',
  },
  {
    code: tax,
    kind: 'money',
    label: `line.${code}`,
    formula: `r2(c${base} * c${rate} / 100)`,
    provenance: 'S2',
  },
];

const subtotal = (code: string, lines: readonly ActivityLine[]): Cell => ({
  code,
  kind: 'money',
  label: `cell.${code}`,
  formula: lines.map(({ tax }) => `c${tax}`).join(' + '),
  provenance: 'S',
});

const subtotals = [
  subtotal('059', TRADE_B),
  subtotal('066', PRODUCTION),
  subtotal('073', OTHER),
  subtotal('080', CATERING),
  subtotal('169', FREE_ZONE),
];

const allBases = ACTIVITY_LINES.map(({ base }) => `c${base}`).join(' + ');
const allTaxes = [
  ...[...TRADE_A, ...SEPARATE, ...LAST].map(({ tax }) => `c${tax}`),
  ...subtotals.map(({ code }) => `c${code}`),
].join(' + ');

const total = (code: string, formula: string, provenance: Cell['provenance']): Cell => ({
  code,
  kind: 'money',
  label: `cell.${code}`,
  formula,
  provenance,
});

const totals = [
  total('182', 'SUM(ADV_CUR.amount)', 'S'),
  total('183', 'SUM(ADV_CUR.tax)', 'S2'),
  total('184', 'SUM(ADV_PREV.amount)', 'S'),
  total('185', 'SUM(ADV_PREV.tax)', 'S2'),
  total('186', `${allBases} + c182 - c184`, 'S2'),
  total('187', `${allTaxes} + c183 - c185`, 'S2'),
];

const advanceColumns: readonly Column[] = [
  { code: 'description', kind: 'text', label: 'advance.description', provenance: 'R' },
  { code: 'amount', kind: 'money', label: 'advance.amount', provenance: 'S2' },
  { code: 'rate', kind: 'rate', label: 'advance.rate', limits: { allowed: ALLOWED_RATES }, provenance: 'S2' },
  {
    code: 'tax',
    kind: 'money',
    label: 'advance.tax',
    formula: 'r2(row.amount * row.rate / 100)',
    provenance: 'S2',
  },
];

const advances = (code: string): Table => ({
  code,
  label: `table.${code}`,
  columns: advanceColumns,
  minRows: 0,
  maxRows: 200,
  provenance: 'S',
});

const lineItems = (lines: readonly ActivityLine[]): readonly SectionItem[] =>
  lines.map(({ code, base, rate, tax }) => ({ item: 'line', code, label: `line.${code}`, base, rate, tax }));

const group = (lines: readonly ActivityLine[], cell: string): readonly SectionItem[] => [
  ...lineItems(lines),
  { item: 'subtotal', label: `cell.${cell}`, cell },
];

const cellItems = (cells: readonly Cell[]): readonly SectionItem[] =>
  cells.map(({ code }) => ({ item: 'cell', cell: code }));

export const definition: FormDefinition = {
  meta,
  cells: [...header, ...ACTIVITY_LINES.flatMap(lineCells), ...subtotals, ...totals],
  tables: [advances('ADV_CUR'), advances('ADV_PREV')],
  sections: [
    { code: 'header', label: 'section.header', items: cellItems(header) },
    {
      code: 'activities',
      label: 'section.activities',
      items: [
        ...lineItems(TRADE_A),
        ...group(TRADE_B, '059'),
        ...group(PRODUCTION, '066'),
        ...group(OTHER, '073'),
        ...group(CATERING, '080'),
        ...lineItems(SEPARATE),
        ...group(FREE_ZONE, '169'),
        ...lineItems(LAST),
      ],
    },
    {
      code: 'advances',
      label: 'section.advances',
      items: [
        { item: 'table', table: 'ADV_CUR' },
        { item: 'table', table: 'ADV_PREV' },
      ],
    },
    { code: 'totals', label: 'section.totals', items: cellItems(totals) },
  ],
  checks,
};
