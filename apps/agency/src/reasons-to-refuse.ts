import { verifySignedData, type VerificationCache } from '@sochi/signature';
import type { IncomingReport } from './incoming-report.ts';
import type { AgencyKey } from './signing-key.ts';

/** The taxpayer the report itself names; undefined unless it names exactly one, once. */
const taxpayerOf = (report: Buffer): string | undefined => {
  const at = report.indexOf('<TIN>');
  if (at < 0 || report.indexOf('<TIN>', at + 1) >= 0) return undefined;
  return /^<TIN>(\d{14})<\/TIN>$/.exec(report.toString('latin1', at, at + '<TIN></TIN>'.length + 14))?.[1];
};

const identityReasons = (incoming: IncomingReport, representedParty: string | undefined): string[] => [
  ...(taxpayerOf(incoming.report) === incoming.companyInn ? [] : ['taxpayer_is_another']),
  ...(representedParty === incoming.companyInn ? [] : ['represented_party_is_another']),
];

/**
 * Why the agency will not take a report; empty when it will. Both signatures are verified here, against the agency's own copy
 * of the operator's root: the operator's word counts for nothing.
 */
export const reasonsToRefuse = async (
  trust: { key: Pick<AgencyKey, 'trustAnchor'>; cache: VerificationCache },
  incoming: IncomingReport,
  call: { representedParty: string | undefined; at: Temporal.Instant },
): Promise<string[]> => {
  const identity = identityReasons(incoming, call.representedParty);
  const verdict = await verifySignedData({
    cms: incoming.signature,
    content: incoming.report,
    trustAnchors: [trust.key.trustAnchor],
    timestamps: { trustAnchors: [trust.key.trustAnchor], intermediates: [] },
    at: call.at,
    required: { roles: ['head', 'accountant'], companyInn: incoming.companyInn },
    cache: trust.cache,
  });
  if (verdict.indication === 'TOTAL-PASSED') return identity;
  const failed = verdict.checks.filter(({ status }) => status !== 'passed');
  return [
    ...identity,
    ...new Set(failed.map(({ check, reason }) => `signature.${check}.${reason ?? 'unknown'}`)),
  ];
};
