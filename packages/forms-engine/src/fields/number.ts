import { compareDecimals, decimal, normalizeDecimal, parseDecimal } from '@sochi/kernel';
import type { Decimal } from '@sochi/kernel';
import type { FieldLimits } from '../definition.ts';
import { Fault } from '../fault.ts';

// Limits are few and read for every cell.
const numberWritten = new Map<string, Decimal>();

const constant = (text: string): Decimal => {
  const known = numberWritten.get(text);
  if (known !== undefined) return known;
  const value = decimal(text);
  numberWritten.set(text, value);
  return value;
};

const outside = (value: Decimal, limits: FieldLimits): Fault | undefined => {
  const magnitude = value.coefficient < 0n ? { ...value, coefficient: -value.coefficient } : value;
  if (value.coefficient < 0n && limits.signed !== true) return Fault.of('negative');
  if (value.scale > (limits.decimals ?? 0)) return Fault.of('too_many_decimals');
  if (limits.max !== undefined && compareDecimals(magnitude, constant(limits.max)) > 0)
    return Fault.of('too_large');
  const allowed = limits.allowed;
  if (allowed === undefined || allowed.some((text) => compareDecimals(value, constant(text)) === 0))
    return undefined;
  return Fault.of('not_allowed');
};

/** Reads a number within limits; zeros at its end do not count as decimals. */
export const readNumber = (raw: string, limits: FieldLimits): Decimal | Fault => {
  const parsed = parseDecimal(raw);
  if (!parsed.ok) return Fault.of(parsed.reason);
  const value = normalizeDecimal(parsed.value);
  return outside(value, limits) ?? value;
};
