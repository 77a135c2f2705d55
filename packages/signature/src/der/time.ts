import { MalformedError } from '../malformed-error.ts';
import { bodyOf, type DerNode } from './read-der.ts';
import { TAG } from './tags.ts';
import { derValue } from './write-der.ts';

const FORMS: Record<number, RegExp> = {
  [TAG.utcTime]: /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([0-5]\d)Z$/,
  [TAG.generalizedTime]: /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)([0-5]\d)Z$/,
};

const fullYear = (year: string): string => {
  if (year.length === 4) return year;
  return year >= '50' ? `19${year}` : `20${year}`;
};

/** Reads UTCTime or GeneralizedTime, to the second and in UTC as RFC 5280 §4.1.2.5 asks; throws MalformedError. */
export const instantOf = (node: DerNode): Temporal.Instant => {
  const parts = FORMS[node.tag]?.exec(Buffer.from(bodyOf(node)).toString('latin1'));
  if (parts === null || parts === undefined) throw new MalformedError('time_malformed');
  const [, year = '', month, day, hour, minute, second] = parts;
  try {
    return Temporal.Instant.from(`${fullYear(year)}-${month}-${day}T${hour}:${minute}:${second}Z`);
  } catch {
    throw new MalformedError('time_does_not_exist');
  }
};

/** Writes an instant, cut to the second, as UTCTime until 2049 and GeneralizedTime after (RFC 5652 §11.3). */
export const derTime = (instant: Temporal.Instant): Uint8Array => {
  const digits = instant.toString({ smallestUnit: 'second' }).replace(/[-:T]/g, '');
  const isUtcTime = digits >= '1950' && digits < '2050';
  const text = isUtcTime ? digits.slice(2) : digits;
  return derValue(isUtcTime ? TAG.utcTime : TAG.generalizedTime, Buffer.from(text, 'latin1'));
};
