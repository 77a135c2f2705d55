/**
 * A report form as data. Nothing here is a function: a definition can be printed, hashed and compared.
 * Formulas are texts in the small language of `formula/parse.ts`.
 */

/** How sure a fact about the form is: sourced, second hand, background knowledge, reconstruction, unknown. */
export type Provenance = 'S' | 'S2' | 'K' | 'R' | 'U';

export type Periodicity = 'month' | 'quarter' | 'year';

/** Due on `day` of the month that comes `monthOffset` months after the period's last month, Bishkek time, end of day. */
export interface DueRule {
  readonly monthOffset: number;
  readonly day: number;
  /** Moves to the next working day. */
  readonly shiftIfHoliday: boolean;
}

export interface FormMeta {
  /** `<agency>/<code>/<edition>`, also the folder: `gns/sti-091/9`. */
  readonly id: string;
  readonly agency: string;
  readonly series: string;
  readonly code: string;
  readonly edition: string;
  readonly periodicity: Periodicity;
  /** First and last day of the tax periods this edition is for, ISO dates; `to` is absent while it is in force. */
  readonly validFrom: string;
  readonly validTo?: string;
  readonly dueRule: DueRule;
  readonly requiredSigners: readonly ('head' | 'accountant')[];
  /** The money cell that holds the tax due in all, which may bound a delegation; absent in a form that is about no tax. */
  readonly taxDue?: string;
  readonly provenance: Provenance;
}

export const FILING_KINDS = ['initial', 'corrected', 'liquidation'] as const;
/** Первоначальный, уточнённый, ликвидационный. */
export type FilingKind = (typeof FILING_KINDS)[number];

export const FIELD_KINDS = ['money', 'rate', 'text', 'inn', 'code', 'phone', 'date', 'kind'] as const;
export type FieldKindName = (typeof FIELD_KINDS)[number];

export const PROFILE_FIELDS = ['inn', 'name', 'officeCode', 'phone'] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** What may be typed into a field; only the limits that its kind knows are used. */
export interface FieldLimits {
  /** Text and code: characters, 300 unless said. */
  readonly maxLength?: number;
  /** Code: digits, padded with leading zeros. */
  readonly digits?: number;
  /** Money and rate: digits after the point (money 2, rate 4 unless said). */
  readonly decimals?: number;
  /** Money and rate: negative numbers are allowed (not unless said). */
  readonly signed?: boolean;
  /** Money and rate: the largest amount, as plain text. */
  readonly max?: string;
  /** The only values allowed, in canonical form. */
  readonly allowed?: readonly string[];
}

/** Where a cell gets its text from when the company does not type it. */
export type CellSource =
  | { readonly from: 'profile'; readonly field: ProfileField; readonly editable?: boolean }
  | { readonly from: 'kind' | 'periodFrom' | 'periodTo' }
  /** Filled by the agency later: shown empty, never sent. */
  | { readonly from: 'agency' };

export interface Cell {
  /** The printed code, `050`. Formulas say `c050`. */
  readonly code: string;
  readonly kind: FieldKindName;
  readonly label: string;
  readonly source?: CellSource;
  /** A computed cell: nobody types into it. */
  readonly formula?: string;
  /** Formula of the value an empty cell has; only constants and `$context`. Money and rates: 0 unless said. */
  readonly default?: string;
  /** An empty cell is an error. */
  readonly required?: boolean;
  readonly limits?: FieldLimits;
  readonly provenance: Provenance;
}

/** A column of a table; inside its table formulas say `row.code`, outside `SUM(TABLE.code)`. */
export type Column = Omit<Cell, 'source'>;

/** A table whose rows the company adds. */
export interface Table {
  readonly code: string;
  readonly label: string;
  readonly columns: readonly Column[];
  readonly minRows: number;
  readonly maxRows: number;
  readonly provenance: Provenance;
}

/** One printed entry, in reading order. `line` is a triplet base, rate, tax. */
export type SectionItem =
  | { readonly item: 'heading'; readonly label: string }
  | { readonly item: 'cell'; readonly cell: string }
  | {
      readonly item: 'line';
      readonly code: string;
      readonly label: string;
      readonly base: string;
      readonly rate: string;
      readonly tax: string;
    }
  | { readonly item: 'subtotal'; readonly label: string; readonly cell: string }
  | { readonly item: 'table'; readonly table: string };

export interface Section {
  readonly code: string;
  readonly label: string;
  readonly items: readonly SectionItem[];
}

/** E blocks signing, W warns, I informs. */
export type Severity = 'E' | 'W' | 'I';

/** Where a check looks and points; inside `must`, `this` is the value there and `row.x` its neighbours. */
export type CheckPlace = { readonly cell: string } | { readonly table: string; readonly column: string };

export interface Check {
  readonly id: string;
  readonly severity: Severity;
  /** The check is made at each of these places. */
  readonly at: readonly CheckPlace[];
  /** Formula that is true when all is well. */
  readonly must: string;
  /** Formulas whose values go into the text as `{name}`. */
  readonly data?: Readonly<Record<string, string>>;
  readonly provenance: Provenance;
}

export interface FormDefinition {
  readonly meta: FormMeta;
  readonly cells: readonly Cell[];
  readonly tables: readonly Table[];
  readonly sections: readonly Section[];
  readonly checks: readonly Check[];
}
