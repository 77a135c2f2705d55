import type { CellError } from './calculation.ts';

/** An error that travels through formulas as a value. */
export class Fault {
  readonly error: CellError;

  private constructor(error: CellError) {
    this.error = error;
  }

  private static readonly made = new Map<CellError, Fault>();

  /** The one fault of this kind. */
  static of(error: CellError): Fault {
    const known = Fault.made.get(error);
    if (known !== undefined) return known;
    const fresh = new Fault(error);
    Fault.made.set(error, fresh);
    return fresh;
  }
}

/** What everything computed from a wrong cell becomes. */
export const DEPENDS = Fault.of('depends');
