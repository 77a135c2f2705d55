import { UsageError } from '../command.ts';

/** A number from 1 to `most` out of the command line; throws UsageError naming the option. */
export const wholeNumber = (name: string, text: string, most: number): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new UsageError(`--${name} takes a whole number from 1 to ${most}`);
};
