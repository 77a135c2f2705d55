/** Why a signature could not be put together; `code` is stable. */
export type SigningErrorCode =
  'bad_digest' | 'bad_role' | 'no_such_signer' | 'unsupported_key' | 'duplicate_signer' | 'other_content';

/** A refusal to build a CMS from what was handed in. */
export class SigningError extends Error {
  readonly code: SigningErrorCode;

  constructor(code: SigningErrorCode) {
    super(`cannot sign: ${code}`);
    this.name = 'SigningError';
    this.code = code;
  }
}
