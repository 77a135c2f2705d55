import type { TaxPeriod } from '@sochi/kernel';
import type { FilingKind, Severity } from './definition.ts';

/** Who reports, as known to the portal. */
export interface CompanyProfile {
  readonly inn: string;
  readonly name: string;
  /** Three digits, `004`. */
  readonly officeCode: string;
  readonly officeName?: string;
  readonly phone?: string;
}

/** Everything outside the answers that a calculation depends on. */
export interface CalculationContext {
  readonly profile: CompanyProfile;
  readonly period: TaxPeriod;
  readonly kind: FilingKind;
  /** ISO date in Bishkek. */
  readonly today: string;
}

export const FIELD_ERRORS = [
  'not_a_number',
  'too_long',
  'too_many_decimals',
  'too_large',
  'negative',
  'not_allowed',
  'required',
  'bad_character',
  'bad_format',
  'inn_length',
  'inn_digits',
  'inn_first_digit',
  'inn_date',
  'inn_year',
] as const;
/** What may be wrong with a typed text. */
export type FieldError = (typeof FIELD_ERRORS)[number];

export const ROW_ERRORS = ['too_few_rows', 'too_many_rows'] as const;
/** What may be wrong with the number of rows of a table. */
export type RowError = (typeof ROW_ERRORS)[number];

/** `depends` marks a computed cell one of whose sources is wrong; it gets no finding of its own. */
export type CellError = FieldError | 'depends' | 'division_by_zero';

/** `text` is canonical: `1000`, `1000.50`, `0.25`, `2026-01-01`; grouping is the screen's business. */
export type CellValue =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly error: CellError };

export type FindingPlace =
  { readonly cell: string } | { readonly table: string; readonly row: number; readonly column: string };

export interface Finding {
  /** The check's id, or `field` for a typed text that cannot be read, or `rows` for too few or too many rows. */
  readonly rule: string;
  readonly severity: Severity;
  /** Rows count from 0. */
  readonly at: FindingPlace;
  /** Words: `check.<id>` in the form's labels when rule is a check, otherwise a FieldError or RowError. */
  readonly code: string;
  readonly data?: Readonly<Record<string, string>>;
}

export interface Calculation {
  readonly cells: Readonly<Record<string, CellValue>>;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, CellValue>>[]>>;
  /** In the order of the form. */
  readonly findings: readonly Finding[];
}
