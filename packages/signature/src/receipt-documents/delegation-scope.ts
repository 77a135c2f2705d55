import { ALL_FORMS, NO_CEILING, type Delegation } from './delegation.ts';

/** Why a delegation does not reach a report; the first that applies, in this order. */
export const DELEGATION_GAPS = [
  'delegate_certificate',
  'head_certificate',
  'not_yet_valid',
  'expired',
  'form',
  'period',
  'tax_unknown',
  'tax_ceiling',
] as const;
export type DelegationGap = (typeof DELEGATION_GAPS)[number];

export interface DelegatedReport {
  /** `gns/sti-091/9`. */
  readonly formId: string;
  /** First and last day of the reporting period, ISO dates. */
  readonly period: { readonly from: string; readonly to: string };
  /** In tyiyn; null when the form does not say what its tax is. */
  readonly taxDue: number | null;
  /** SHA-256 fingerprints, lower-case hex. */
  readonly delegateCertificateSha256: string;
  readonly headCertificateSha256: string;
  readonly at: Temporal.Instant;
}

/** A form as a delegation names it, without its edition: `gns/sti-091` of `gns/sti-091/9`. */
export const delegatedFormOf = (formId: string): string => formId.split('/').slice(0, 2).join('/');

const isOutside = ({ periodFrom, periodTo }: Delegation, { period }: DelegatedReport): boolean =>
  (periodFrom !== '' && period.from < periodFrom) || (periodTo !== '' && period.to > periodTo);

/**
 * What keeps a delegation from reaching a report; undefined when the head's signature may be made. A report is within the
 * periods when all its days are; tax equal to the ceiling is within it, and with a ceiling an unknown tax is not.
 */
export const delegationGap = (delegation: Delegation, report: DelegatedReport): DelegationGap | undefined => {
  const { forms, taxCeiling, validFrom, expiresAt } = delegation;
  if (report.delegateCertificateSha256 !== delegation.delegateCertificateSha256)
    return 'delegate_certificate';
  if (report.headCertificateSha256 !== delegation.headCertificateSha256) return 'head_certificate';
  if (Temporal.Instant.compare(report.at, validFrom) < 0) return 'not_yet_valid';
  if (Temporal.Instant.compare(report.at, expiresAt) >= 0) return 'expired';
  if (!forms.includes(ALL_FORMS) && !forms.includes(delegatedFormOf(report.formId))) return 'form';
  if (isOutside(delegation, report)) return 'period';
  if (taxCeiling === NO_CEILING) return undefined;
  if (report.taxDue === null) return 'tax_unknown';
  return report.taxDue > taxCeiling ? 'tax_ceiling' : undefined;
};
