import { endpoints, type Client, type DelegationTerms, type DelegationView } from '@sochi/contract';
import { randomUUID } from 'node:crypto';
import { DEMO_COMPANIES } from '../demo/companies.ts';

/** The PIN of a demonstration company's head. */
export const headPin = (company = 0): string =>
  DEMO_COMPANIES[company]?.officers.find(({ role }) => role === 'head')?.pin ?? '';

/** Terms without bounds, but for an end 30 days from `now`. */
export const openTerms = (now: Temporal.Instant): DelegationTerms => ({
  forms: 'all',
  periodFrom: null,
  periodTo: null,
  taxCeiling: null,
  expiresAt: now.add({ hours: 24 * 30 }).toString(),
});

/** The head lets the accountant sign. */
export const delegate = (
  head: Client,
  terms: DelegationTerms,
  options: { pin?: string; key?: string } = {},
): Promise<DelegationView> =>
  head(endpoints.grantDelegation, {
    body: { terms, pin: options.pin ?? headPin() },
    idempotencyKey: options.key ?? randomUUID(),
  });
