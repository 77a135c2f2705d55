import { createVerificationCache, verifySignedData } from '@sochi/signature';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { AgencyKey } from './signing-key.ts';

const Bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));

/** A report as the operator hands it over. */
export const IncomingReport = z.strictObject({
  number: z.string().regex(/^[\w-]{1,64}$/),
  formId: z.string().max(100),
  period: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
  companyInn: z.string().regex(/^\d{14}$/),
  office: z.string().max(20),
  report: Bytes,
  signature: Bytes,
});
export type IncomingReport = z.output<typeof IncomingReport>;

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const cache = createVerificationCache();

const taxpayerOf = (report: Buffer): string | undefined =>
  /<TIN>(\d{14})<\/TIN>/.exec(report.toString('utf8'))?.[1];

/**
 * Why the agency will not take a report; empty when it will. Both signatures are verified here, against the agency's own copy
 * of the operator's root: the operator's word counts for nothing.
 */
export const reasonsToRefuse = async (
  key: AgencyKey,
  incoming: IncomingReport,
  representedParty: string | undefined,
  now: Temporal.Instant,
): Promise<string[]> => {
  const reasons: string[] = [];
  if (taxpayerOf(incoming.report) !== incoming.companyInn) reasons.push('taxpayer_is_another');
  if (representedParty !== undefined && representedParty !== incoming.companyInn)
    reasons.push('represented_party_is_another');
  const verdict = await verifySignedData({
    cms: incoming.signature,
    content: incoming.report,
    trustAnchors: [key.trustAnchor],
    at: now,
    required: { roles: ['head', 'accountant'], companyInn: incoming.companyInn },
    cache,
  });
  if (verdict.indication === 'TOTAL-PASSED') return reasons;
  const failed = verdict.checks.filter(({ status }) => status !== 'passed');
  return [
    ...reasons,
    ...new Set(failed.map(({ check, reason }) => `signature.${check}.${reason ?? 'unknown'}`)),
  ];
};
