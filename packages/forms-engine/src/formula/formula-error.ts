export type FormulaErrorCode =
  | 'too_long'
  | 'too_deep'
  | 'bad_character'
  | 'unexpected'
  | 'unknown_function'
  | 'unknown_reference'
  | 'unknown_context'
  | 'wrong_type'
  | 'wrong_arguments'
  | 'inexact_division';

/** A formula text that cannot be read or compiled: the only error that parsing and compiling formulas throw. */
export class FormulaError extends Error {
  readonly code: FormulaErrorCode;
  /** Where in the text, counted from 0; -1 when found after parsing. */
  readonly position: number;

  constructor(code: FormulaErrorCode, detail: string, position = -1) {
    super(`${code}: ${detail}${position < 0 ? '' : ` at ${position}`}`);
    this.name = 'FormulaError';
    this.code = code;
    this.position = position;
  }
}
