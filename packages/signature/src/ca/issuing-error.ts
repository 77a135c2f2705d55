/** Why something could not be issued; `code` is stable. */
export type IssuingErrorCode =
  | 'unsupported_key'
  | 'other_issuer'
  | 'empty_name'
  | 'control_character'
  | 'empty_validity'
  | 'bad_serial'
  | 'bad_location'
  | 'key_unreadable';

/** A refusal to prepare a certificate, a list or an answer from what was handed in. */
export class IssuingError extends Error {
  readonly code: IssuingErrorCode;

  constructor(code: IssuingErrorCode) {
    super(`cannot issue: ${code}`);
    this.name = 'IssuingError';
    this.code = code;
  }
}
