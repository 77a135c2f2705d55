import type { Check, CheckPlace } from '@sochi/forms-engine';
import { GNS_OFFICE_CODES } from '../../offices.ts';
import { ACTIVITY_LINES } from './activity-lines.ts';

const inAdvances = (column: string): readonly CheckPlace[] => [
  { table: 'ADV_CUR', column },
  { table: 'ADV_PREV', column },
];

const periodChecks: readonly Check[] = [
  {
    id: 'period.order',
    severity: 'E',
    at: [{ cell: '202' }],
    must: 'c201 <= this',
    provenance: 'K',
  },
  {
    id: 'period.quarter',
    severity: 'E',
    at: [{ cell: '202' }],
    must: "$kind = 'liquidation' or isQuarter(c201, this)",
    provenance: 'S',
  },
  {
    id: 'period.edition',
    severity: 'W',
    at: [{ cell: '201' }],
    must: "this >= '2026-01-01'",
    provenance: 'U',
  },
  {
    id: 'period.running',
    severity: 'W',
    at: [{ cell: '202' }],
    must: 'this < $today',
    provenance: 'R',
  },
];

const lineChecks: readonly Check[] = [
  {
    id: 'office.unknown',
    severity: 'W',
    at: [{ cell: '104' }],
    must: `oneOf(this, ${GNS_OFFICE_CODES.map((code) => `'${code}'`).join(', ')})`,
    data: { office: 'this' },
    provenance: 'S',
  },
  {
    id: 'rate.unusual',
    severity: 'W',
    // The lottery's own rate is not known, so any rate there is as good as another.
    at: ACTIVITY_LINES.filter(({ code }) => code !== 'lottery').map(({ rate }) => ({ cell: rate })),
    must: 'this = default(this)',
    data: { rate: 'this', usual: 'default(this)' },
    provenance: 'R',
  },
  {
    id: 'trade-a.limit',
    severity: 'W',
    at: [{ cell: '050' }],
    must: 'this <= 50000000',
    provenance: 'R',
  },
];

const totalChecks: readonly Check[] = [
  { id: 'total.base-negative', severity: 'W', at: [{ cell: '186' }], must: 'this >= 0', provenance: 'R' },
  { id: 'total.tax-negative', severity: 'W', at: [{ cell: '187' }], must: 'this >= 0', provenance: 'R' },
  {
    id: 'total.no-tax',
    severity: 'I',
    at: [{ cell: '187' }],
    must: 'this <> 0 or c186 <= 0',
    provenance: 'R',
  },
];

const advanceChecks: readonly Check[] = [
  {
    id: 'advance.description',
    severity: 'W',
    at: inAdvances('description'),
    must: "this <> '' or row.amount = 0",
    provenance: 'R',
  },
  { id: 'advance.no-amount', severity: 'W', at: inAdvances('amount'), must: 'this > 0', provenance: 'R' },
  {
    id: 'advance.no-rate',
    severity: 'I',
    at: inAdvances('rate'),
    must: 'this > 0 or row.amount = 0',
    provenance: 'R',
  },
];

export const checks: readonly Check[] = [...periodChecks, ...lineChecks, ...totalChecks, ...advanceChecks];
