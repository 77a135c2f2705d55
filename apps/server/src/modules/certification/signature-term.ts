import { BISHKEK } from '@sochi/kernel';

export type Term = { notBefore: Temporal.Instant; notAfter: Temporal.Instant };

/**
 * `years` by the calendar of Bishkek from this second on, to the second: a signature of 29 February 2028, 11:00:24 ends on
 * 28 February 2029, 11:00:24.
 */
export const termOfYears = (now: Temporal.Instant, years: number): Term => {
  const notBefore = now.round({ smallestUnit: 'second', roundingMode: 'trunc' });
  return { notBefore, notAfter: notBefore.toZonedDateTimeISO(BISHKEK).add({ years }).toInstant() };
};

/** Signatures are issued for twelve months. */
export const signatureTerm = (now: Temporal.Instant): Term => termOfYears(now, 1);

/** A certificate must not outlive the one that issued it. */
export const within = (term: Term, issuer: { notAfter: Temporal.Instant }): Term =>
  Temporal.Instant.compare(term.notAfter, issuer.notAfter) > 0
    ? { ...term, notAfter: issuer.notAfter }
    : term;
