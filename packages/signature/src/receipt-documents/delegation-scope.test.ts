import { describe, expect, it } from 'vitest';
import { readDelegationClaim, writeDelegationClaim } from './delegation-claim.ts';
import { delegatedFormOf, delegationGap, type DelegatedReport } from './delegation-scope.ts';
import { NO_CEILING, type Delegation } from './delegation.ts';

const at = (text: string) => Temporal.Instant.from(text);
const DELEGATION: Delegation = {
  version: 1,
  delegationId: 'd',
  companyInn: '01503201810015',
  headCertificateSha256: 'a'.repeat(64),
  headCredentialId: 'c',
  delegateOfficerId: 'o',
  delegateFullName: 'Осмонова Айгүл',
  delegateCertificateSha256: 'b'.repeat(64),
  forms: ['gns/sti-091', 'gns/sti-161'],
  periodFrom: '2026-04-01',
  periodTo: '2026-12-31',
  taxCeiling: 6_700,
  validFrom: at('2026-10-01T00:00:00Z'),
  expiresAt: at('2026-12-01T00:00:00Z'),
  nonce: '0'.repeat(32),
};
const REPORT: DelegatedReport = {
  formId: 'gns/sti-091/9',
  period: { from: '2026-07-01', to: '2026-09-30' },
  taxDue: 6_700,
  delegateCertificateSha256: 'b'.repeat(64),
  headCertificateSha256: 'a'.repeat(64),
  at: at('2026-10-15T00:00:00Z'),
};
const gap = (report: Partial<DelegatedReport>, delegation: Partial<Delegation> = {}) =>
  delegationGap({ ...DELEGATION, ...delegation }, { ...REPORT, ...report });

describe('a delegation', () => {
  it('reaches a report at its very bounds', () => {
    expect(gap({})).toBeUndefined();
    expect(gap({ at: DELEGATION.validFrom })).toBeUndefined();
    expect(gap({ period: { from: '2026-04-01', to: '2026-12-31' } })).toBeUndefined();
  });

  it.each<[string, Partial<DelegatedReport>, string]>([
    ['another delegate', { delegateCertificateSha256: 'c'.repeat(64) }, 'delegate_certificate'],
    ['another certificate of the head', { headCertificateSha256: 'c'.repeat(64) }, 'head_certificate'],
    ['the time before', { at: at('2026-09-30T23:59:59.999Z') }, 'not_yet_valid'],
    ['the very instant of its end', { at: DELEGATION.expiresAt }, 'expired'],
    ['another form', { formId: 'gns/sti-062/1' }, 'form'],
    ['an earlier period', { period: { from: '2026-03-31', to: '2026-06-30' } }, 'period'],
    ['a later period', { period: { from: '2026-10-01', to: '2027-01-01' } }, 'period'],
    ['a tyiyn more tax', { taxDue: 6_701 }, 'tax_ceiling'],
    ['a tax nobody knows', { taxDue: null }, 'tax_unknown'],
  ])('does not reach %s', (_, report, expected) => {
    expect(gap(report)).toBe(expected);
  });

  it('without bounds reaches any form, period and tax', () => {
    const open = { forms: ['*'], periodFrom: '', periodTo: '', taxCeiling: NO_CEILING };
    const report = {
      formId: 'stat/1-t/1',
      period: { from: '1999-01-01', to: '2040-12-31' },
      taxDue: null,
    };
    expect(gap(report, open)).toBeUndefined();
  });

  it('names forms without their edition', () => {
    expect(delegatedFormOf('gns/sti-091/9')).toBe('gns/sti-091');
  });
});

describe('the claimed role', () => {
  const claim = { delegationSha256: '1'.repeat(64), delegateCertificateSha256: '2'.repeat(64) };

  it('reads back what was written', () => {
    expect(writeDelegationClaim(claim)).toBe(`delegation:${'1'.repeat(64)};delegate:${'2'.repeat(64)}`);
    expect(readDelegationClaim(writeDelegationClaim(claim))).toEqual(claim);
  });

  it.each(['', 'director', `delegation:${'1'.repeat(64)}`, ` ${writeDelegationClaim(claim)}`])(
    'is none in %j',
    (text) => {
      expect(readDelegationClaim(text)).toBeUndefined();
    },
  );
});
