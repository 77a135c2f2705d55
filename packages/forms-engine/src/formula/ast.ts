export const BINARY_OPERATORS = ['or', 'and', '=', '<>', '<', '<=', '>', '>=', '+', '-', '*', '/'] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

export const CONTEXT_NAMES = ['kind', 'inn', 'officeCode', 'periodFrom', 'periodTo', 'today'] as const;
/** Facts about the filing that formulas may read as `$name`; all are texts. */
export type ContextName = (typeof CONTEXT_NAMES)[number];

/** What a formula may name: `c050`, `TABLE.column`, `row.column`, `this`. */
export type Reference =
  | { readonly node: 'cell'; readonly code: string }
  | { readonly node: 'column'; readonly table: string; readonly code: string }
  | { readonly node: 'row'; readonly code: string }
  | { readonly node: 'this' };

/** A parsed formula. */
export type Formula =
  | Reference
  | { readonly node: 'number'; readonly value: string }
  | { readonly node: 'text'; readonly value: string }
  | { readonly node: 'boolean'; readonly value: boolean }
  | { readonly node: 'context'; readonly name: ContextName }
  | { readonly node: 'default'; readonly of: Reference }
  | { readonly node: 'negate' | 'not'; readonly of: Formula }
  | {
      readonly node: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Formula;
      readonly right: Formula;
    }
  | { readonly node: 'call'; readonly name: string; readonly args: readonly Formula[] };
