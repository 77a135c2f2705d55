import { formatDecimalFixed, type Decimal } from './decimal.ts';

/** Money in tyiyn (1/100 som), a whole number. Arithmetic on money lives in this file only. */
export type Tyiyn = number & { readonly __unit: 'tyiyn' };

/** Takes a whole number of tyiyn; throws RangeError for fractions and beyond 2^53. */
export const tyiyn = (amount: number): Tyiyn => {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not a whole number of tyiyn: ${amount}`);
  // A brand has no run-time form: the cast is the only way to make one.
  return amount as Tyiyn;
};

/** Plain som with a point and two decimals, e.g. `57131.50`; grouping is the screen's business. */
export const somText = (amount: Tyiyn): string => {
  const sign = amount < 0 ? '-' : '';
  const whole = Math.abs(amount);
  return `${sign}${Math.trunc(whole / 100)}.${String(whole % 100).padStart(2, '0')}`;
};

/** Som as tyiyn, rounded half-up (halves away from zero); throws RangeError beyond 2^53 tyiyn. */
export const tyiynFromSom = (som: Decimal): Tyiyn =>
  tyiyn(Number(formatDecimalFixed(som, 2).replace('.', '')));
