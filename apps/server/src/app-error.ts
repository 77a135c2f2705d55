import { ERRORS, type ErrorCode, type ErrorData } from '@sochi/contract';

/** A refusal with a stable code and the data its words need. Thrown by commands, put into words at the HTTP edge. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly data: ErrorData<C>;
  constructor(code: C, data: ErrorData<C>, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.data = data;
  }
  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** `instanceof` alone would leave the code's type open. */
export const isAppError = (error: unknown): error is AppError => error instanceof AppError;
