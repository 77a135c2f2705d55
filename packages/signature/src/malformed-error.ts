/** Bytes that are not what they claim to be; `code` is stable and names what was wrong, in snake_case. */
export class MalformedError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`malformed: ${code}`);
    this.name = 'MalformedError';
    this.code = code;
  }
}
