import type { Finding, Severity } from '@sochi/forms-engine';
import { expect, it } from 'vitest';
import { bySeverity, countFindings, nextFinding } from './next-finding.ts';

const at = (cell: string, severity: Severity): Finding => ({ rule: 'x', code: 'x', severity, at: { cell } });
const ORDER = ['050', '053', '056', '060'];
const WARNINGS = [at('050', 'W'), at('060', 'W')];
const MIXED = [at('050', 'W'), at('053', 'E'), at('056', 'I'), at('060', 'E')];
const cellOf = (finding: Finding | undefined) => finding?.at;

it('jumps from error to error and around the end', () => {
  expect(cellOf(nextFinding(MIXED, undefined, ORDER))).toEqual({ cell: '053' });
  expect(cellOf(nextFinding(MIXED, '053', ORDER))).toEqual({ cell: '060' });
  expect(cellOf(nextFinding(MIXED, '060', ORDER))).toEqual({ cell: '053' });
  expect(cellOf(nextFinding(MIXED, '056', ORDER))).toEqual({ cell: '060' });
});

it('goes on with warnings once there is no error', () => {
  expect(cellOf(nextFinding(WARNINGS, '050', ORDER))).toEqual({ cell: '060' });
  expect(nextFinding([], '050', ORDER)).toBeUndefined();
});

it('lists errors first, each kind in the order of the form', () => {
  expect(bySeverity(MIXED).map(cellOf)).toEqual(['053', '060', '050', '056'].map((cell) => ({ cell })));
  expect(countFindings(MIXED)).toEqual({ E: 2, W: 1, I: 1 });
});
