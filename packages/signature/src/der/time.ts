import { MalformedError } from '../malformed-error.ts';
import { bodyOf, type DerNode } from './read-der.ts';
import { TAG } from './tags.ts';
import { derValue } from './write-der.ts';

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAY_MS = 86_400_000;
const ZERO = 0x30;
const ZULU = 0x5a;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysIn = (year: number, month: number): number =>
  (DAYS[month - 1] ?? 0) + (month === 2 && isLeap(year) ? 1 : 0);

// Days since 1970-01-01 of the proleptic Gregorian calendar, the year taken to begin in March.
const epochDay = (year: number, month: number, day: number): number => {
  const shifted = month > 2 ? year : year - 1;
  const dayOfYear = Math.trunc((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leapDays + dayOfYear - 719_468;
};

const pairAt = (body: Uint8Array, offset: number): number => {
  const tens = (body[offset] ?? 0) - ZERO;
  const ones = (body[offset + 1] ?? 0) - ZERO;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw new MalformedError('time_malformed');
  return tens * 10 + ones;
};

const yearOf = (body: Uint8Array, digits: number): number => {
  const first = pairAt(body, 0);
  if (digits === 4) return first * 100 + pairAt(body, 2);
  return first >= 50 ? 1900 + first : 2000 + first;
};

/**
 * Reads UTCTime or GeneralizedTime, to the second and in UTC as RFC 5280 §4.1.2.5 asks; throws MalformedError. By hand: it is
 * met a dozen times in every verification, and Temporal's own parser costs five times as much.
 */
export const instantOf = (node: DerNode): Temporal.Instant => {
  const body = bodyOf(node);
  const digits = node.tag === TAG.utcTime ? 2 : 4;
  const isTime = node.tag === TAG.utcTime || node.tag === TAG.generalizedTime;
  if (!isTime || body.length !== digits + 11 || body.at(-1) !== ZULU)
    throw new MalformedError('time_malformed');
  const year = yearOf(body, digits);
  const [month, day] = [pairAt(body, digits), pairAt(body, digits + 2)];
  const [hour, minute, second] = [
    pairAt(body, digits + 4),
    pairAt(body, digits + 6),
    pairAt(body, digits + 8),
  ];
  if (second > 59) throw new MalformedError('time_malformed');
  if (day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59)
    throw new MalformedError('time_does_not_exist');
  const inDay = ((hour * 60 + minute) * 60 + second) * 1000;
  return Temporal.Instant.fromEpochMilliseconds(epochDay(year, month, day) * DAY_MS + inDay);
};

/** Writes an instant, cut to the second, as UTCTime until 2049 and GeneralizedTime after (RFC 5652 §11.3). */
export const derTime = (instant: Temporal.Instant): Uint8Array => {
  const digits = instant.toString({ smallestUnit: 'second' }).replace(/[-:T]/g, '');
  const isUtcTime = digits >= '1950' && digits < '2050';
  const text = isUtcTime ? digits.slice(2) : digits;
  return derValue(isUtcTime ? TAG.utcTime : TAG.generalizedTime, Buffer.from(text, 'latin1'));
};
