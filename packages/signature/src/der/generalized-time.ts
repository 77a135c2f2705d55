/** GeneralizedTime as OCSP and timestamps use it: any year, and a fraction of a second where the standard allows one. */
import { MalformedError } from '../malformed-error.ts';
import { bodyOf, type DerNode } from './read-der.ts';
import { TAG } from './tags.ts';
import { derValue } from './write-der.ts';

const FORM = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)([0-5]\d)(\.\d{0,8}[1-9])?Z$/;

/** Writes an instant cut to the millisecond or the second; DER allows no zeros at the end of a fraction. */
export const derGeneralizedTime = (
  instant: Temporal.Instant,
  smallestUnit: 'second' | 'millisecond' = 'second',
): Uint8Array => {
  const digits = instant.toString({ smallestUnit }).replace(/[-:T]/g, '');
  const text = digits.replace(/(\.\d*?)0+Z$/, '$1Z').replace('.Z', 'Z');
  return derValue(TAG.generalizedTime, Buffer.from(text, 'latin1'));
};

/** Reads GeneralizedTime in UTC with a fraction of up to nine digits; throws MalformedError. */
export const fractionalInstantOf = (node: DerNode): Temporal.Instant => {
  if (node.tag !== TAG.generalizedTime) throw new MalformedError('time_wrong_tag');
  const parts = FORM.exec(Buffer.from(bodyOf(node)).toString('latin1'));
  if (parts === null) throw new MalformedError('time_malformed');
  const [, year, month, day, hour, minute, second, fraction = ''] = parts;
  try {
    return Temporal.Instant.from(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`);
  } catch {
    throw new MalformedError('time_does_not_exist');
  }
};
