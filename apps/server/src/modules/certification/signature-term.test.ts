import { describe, expect, it } from 'vitest';
import { signatureTerm, termOfYears, within } from './signature-term.ts';

const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Asia/Bishkek]`).toInstant();

describe('the term of a signature', () => {
  it.each([
    ['2026-11-25T11:00:24', '2027-11-25T11:00:24'],
    ['2027-02-28T23:59:59', '2028-02-28T23:59:59'],
    ['2028-02-29T11:00:24', '2029-02-28T11:00:24'],
    ['2026-12-31T23:59:59', '2027-12-31T23:59:59'],
  ])('from %s ends at %s, Bishkek time', (from, to) => {
    expect(signatureTerm(at(from))).toEqual({ notBefore: at(from), notAfter: at(to) });
  });

  it('is whole seconds', () => {
    const { notBefore, notAfter } = signatureTerm(at('2026-11-25T11:00:24.999'));
    expect(notBefore).toEqual(at('2026-11-25T11:00:24'));
    expect(notAfter).toEqual(at('2027-11-25T11:00:24'));
  });

  it('never outlives the issuer', () => {
    const issuer = termOfYears(at('2026-01-01T00:00:00'), 10);
    const late = signatureTerm(at('2035-06-01T00:00:00'));
    expect(within(late, issuer).notAfter).toEqual(issuer.notAfter);
    expect(within(signatureTerm(at('2027-06-01T00:00:00')), issuer).notAfter).toEqual(
      at('2028-06-01T00:00:00'),
    );
  });
});
