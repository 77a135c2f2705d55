/**
 * Exact decimal numbers: value = coefficient / 10^scale. No floats anywhere, so 0.1 + 0.2 is 0.3.
 * Rounding is half-up on the magnitude: a half goes away from zero (2.5 -> 3, -2.5 -> -3).
 */
export interface Decimal {
  readonly coefficient: bigint;
  /** Digits after the point, 0 or more. */
  readonly scale: number;
}

export type DecimalParse =
  | { readonly ok: true; readonly value: Decimal }
  | { readonly ok: false; readonly reason: 'not_a_number' | 'too_long' };

/** The longest number text that is looked at, in characters after trimming. */
export const DECIMAL_TEXT_LIMIT = 60;

export const ZERO: Decimal = { coefficient: 0n, scale: 0 };

const SPACES = '[ \\u00a0\\u2007\\u2009\\u202f]';
const PLAIN_INTEGER = /^\d{1,15}$/;
const NUMBER = new RegExp(`^([-\\u2212]?)(\\d+|\\d{1,3}(?:${SPACES}\\d{3})+)?(?:[.,](\\d*))?$`);
const ALL_SPACES = new RegExp(SPACES, 'g');

const POWERS = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent));
const powerOfTen = (exponent: number): bigint => POWERS[exponent] ?? 10n ** BigInt(exponent);

/**
 * Reads a number as people type it: comma or point, spaces (also non-breaking) between thousands, `-` or the minus sign.
 * `1,000.5` is refused: two separators cannot be told apart. Codes: not_a_number, too_long (over 60 characters).
 */
export const parseDecimal = (text: string): DecimalParse => {
  if (PLAIN_INTEGER.test(text)) return { ok: true, value: { coefficient: BigInt(text), scale: 0 } };
  const trimmed = text.trim();
  if (trimmed.length > DECIMAL_TEXT_LIMIT) return { ok: false, reason: 'too_long' };
  const [, sign, whole = '', fraction = ''] = NUMBER.exec(trimmed) ?? [];
  const digits = whole.replace(ALL_SPACES, '') + fraction;
  if (digits === '') return { ok: false, reason: 'not_a_number' };
  const magnitude = BigInt(digits);
  return { ok: true, value: { coefficient: sign ? -magnitude : magnitude, scale: fraction.length } };
};

/** A decimal from a text the program itself wrote; throws RangeError where that is not a number. */
export const decimal = (text: string): Decimal => {
  const parsed = parseDecimal(text);
  if (!parsed.ok) throw new RangeError(`not a decimal: ${text.slice(0, DECIMAL_TEXT_LIMIT)}`);
  return parsed.value;
};

const coefficientAt = (value: Decimal, scale: number): bigint =>
  value.scale === scale ? value.coefficient : value.coefficient * powerOfTen(scale - value.scale);

/** Exact sum. */
export const addDecimals = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale);
  return { coefficient: coefficientAt(a, scale) + coefficientAt(b, scale), scale };
};

/** Exact sum of many, 0 for none; each scale is summed by itself first, so that long columns make little garbage. */
export const sumDecimals = (values: readonly Decimal[]): Decimal => {
  const byScale: bigint[] = [];
  for (const { coefficient, scale } of values) byScale[scale] = (byScale[scale] ?? 0n) + coefficient;
  // reduce skips the scales that did not occur.
  return byScale.reduce<Decimal>(
    (total, coefficient, scale) => addDecimals(total, { coefficient, scale }),
    ZERO,
  );
};

/** The same number with the other sign. */
export const negateDecimal = (value: Decimal): Decimal => ({
  coefficient: -value.coefficient,
  scale: value.scale,
});

/** Exact difference. */
export const subtractDecimals = (a: Decimal, b: Decimal): Decimal => addDecimals(a, negateDecimal(b));

/** Exact product. */
export const multiplyDecimals = (a: Decimal, b: Decimal): Decimal => ({
  coefficient: a.coefficient * b.coefficient,
  scale: a.scale + b.scale,
});

/** Quotient of whole numbers, halves away from zero. */
const divideHalfUp = (dividend: bigint, divisor: bigint): bigint => {
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  const twice = (remainder < 0n ? -remainder : remainder) * 2n;
  if (twice < (divisor < 0n ? -divisor : divisor)) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
};

/** Quotient rounded half-up to `scale` digits after the point; throws RangeError when dividing by zero. */
export const divideDecimals = (a: Decimal, b: Decimal, scale: number): Decimal => {
  if (b.coefficient === 0n) throw new RangeError('division by zero');
  const shift = scale + b.scale - a.scale;
  const dividend = shift > 0 ? a.coefficient * powerOfTen(shift) : a.coefficient;
  const divisor = shift < 0 ? b.coefficient * powerOfTen(-shift) : b.coefficient;
  return { coefficient: divideHalfUp(dividend, divisor), scale };
};

/** Rounded half-up (halves away from zero) to at most `scale` digits after the point. */
export const roundDecimal = (value: Decimal, scale: number): Decimal =>
  value.scale <= scale
    ? value
    : { coefficient: divideHalfUp(value.coefficient, powerOfTen(value.scale - scale)), scale };

/** Negative, zero or positive, like a sort function; 1.50 equals 1.5. */
export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const scale = Math.max(a.scale, b.scale);
  const left = coefficientAt(a, scale);
  const right = coefficientAt(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The same number without zeros at its end: 1.50 -> 1.5. */
export const normalizeDecimal = (value: Decimal): Decimal => {
  let { coefficient, scale } = value;
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n;
    scale -= 1;
  }
  return { coefficient, scale };
};

const withPoint = (value: Decimal): string => {
  if (value.scale === 0) return value.coefficient.toString();
  const sign = value.coefficient < 0n ? '-' : '';
  const digits = (value.coefficient < 0n ? -value.coefficient : value.coefficient)
    .toString()
    .padStart(value.scale + 1, '0');
  return `${sign}${digits.slice(0, -value.scale)}.${digits.slice(-value.scale)}`;
};

/** Plain canonical text with a point and no grouping; equal numbers give equal texts: `1234.5`, `-0.01`, `0`. */
export const formatDecimal = (value: Decimal): string => withPoint(normalizeDecimal(value));

/** Plain text with exactly `scale` digits after the point (half-up): `1234.50`. */
export const formatDecimalFixed = (value: Decimal, scale: number): string => {
  const rounded = roundDecimal(value, scale);
  return withPoint({ coefficient: coefficientAt(rounded, scale), scale });
};
