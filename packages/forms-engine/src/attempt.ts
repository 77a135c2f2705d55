import { FormulaError } from './formula/formula-error.ts';

/** Runs one step; a FormulaError becomes a problem of the definition, anything else is a bug and goes on up. */
export type Attempt = <T>(where: string, step: () => T) => T | undefined;

/** An attempt that writes its problems into the list. */
export const attemptInto =
  (problems: string[]): Attempt =>
  (where, step) => {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problems.push(`${where}: ${error.message}`);
      return undefined;
    }
  };
