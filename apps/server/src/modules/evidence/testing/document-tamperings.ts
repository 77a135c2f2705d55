/** Forgeries of the documents around a report: postmark, delegation, and what came after. */
import { certificateToPem, parseDelegation, serialiseDelegation, type Delegation } from '@sochi/signature';
import type { EvidenceBundleInput } from '../build-bundle.ts';
import type { BundleReason } from '../bundle-report.ts';
import { issueSigner } from './sample-authority.ts';
import { POSTMARKED_AT, sampleInput } from './sample-bundle.ts';
import type { Stage, Tampering } from './tamperings.ts';

const OTHER_SHA256 = 'a'.repeat(64);

const hours = (count: number): Temporal.Instant => POSTMARKED_AT.add({ hours: count });

const ofPostmark = (): Tampering[] => [
  {
    what: 'a postmark dated back',
    changes: { postmark: { postmarkedAt: hours(-24) } },
    script: 'stated_time',
    ours: { check: 'postmark_time', reason: 'stated_time_differs' },
  },
  {
    what: 'a postmark stamped later than it says',
    changes: { stampedLate: { postmark: 60 } },
    script: 'stated_time',
    ours: { check: 'postmark_time', reason: 'stated_time_differs' },
  },
  {
    what: 'a postmark without a timestamp',
    changes: { stampedLate: { postmark: null } },
    script: 'timestamp_missing',
    ours: { check: 'postmark_signature', reason: 'timestamp_missing' },
  },
  {
    what: 'a postmark for other signatures',
    changes: { postmark: { signatureSha256: OTHER_SHA256 } },
    script: 'signature_hash',
    ours: { check: 'signature_hash', reason: 'hash_differs' },
  },
];

const ofReceipts = (): Tampering[] => [
  {
    what: 'the hand-over of another filing',
    changes: { receipts: { 'hand-over': { filingNumber: '2026-000124' } } },
    script: 'receipt_number',
    ours: { check: 'hand_over', reason: 'other_number' },
  },
  {
    what: 'a hand-over before the postmark',
    changes: { receipts: { 'hand-over': { handedOverAt: hours(-1) } } },
    script: 'order',
    ours: { check: 'hand_over_time', reason: 'wrong_order' },
  },
  {
    what: "the agency's receipt of another report",
    changes: { receipts: { 'agency-receipt': { reportSha256: OTHER_SHA256 } } },
    script: 'receipt_hash',
    ours: { check: 'agency_receipt', reason: 'other_report' },
  },
  {
    what: "the agency's receipt of other signatures",
    changes: { receipts: { 'agency-receipt': { signatureSha256: OTHER_SHA256 } } },
    script: 'receipt_hash',
    ours: { check: 'agency_receipt', reason: 'other_signatures' },
  },
  {
    what: 'a decision before the report was received',
    changes: { receipts: { decision: { decidedAt: hours(-2) } } },
    script: 'order',
    ours: { check: 'decision_time', reason: 'wrong_order' },
  },
  {
    what: 'the correction of another report',
    changes: { receipts: { correction: { reportSha256: OTHER_SHA256 } } },
    script: 'receipt_hash',
    ours: { check: 'correction', reason: 'other_report' },
  },
  {
    what: 'a correction linked later than it says',
    changes: { stampedLate: { correction: 60 } },
    script: 'stated_time',
    ours: { check: 'correction_time', reason: 'stated_time_differs' },
  },
];

const edited = ({ delegation, ...input }: EvidenceBundleInput): EvidenceBundleInput => {
  const parsed = delegation === null ? undefined : parseDelegation(delegation.json);
  if (delegation === null || parsed?.ok !== true) throw new Error('the sample has a delegation');
  const json = serialiseDelegation({ ...parsed.value, forms: ['*'] });
  return { ...input, delegation: { ...delegation, json } };
};

const ofDelegation = async ({ authority, signers }: Stage): Promise<Tampering[]> => {
  const { delegation, revocation } = await sampleInput(authority, signers, { delegation: {} });
  const unasked = revocation.filter(({ document }) => document === 'delegation');
  return [
    {
      what: 'a delegation record edited',
      changes: { delegation: {}, input: edited },
      script: 'delegation_other',
      ours: { check: 'delegation', reason: 'delegation_other' },
    },
    {
      what: 'a delegation record missing',
      changes: { delegation: {}, input: (input) => ({ ...input, delegation: null }) },
      script: 'delegation_missing',
      ours: { check: 'delegation', reason: 'delegation_missing' },
    },
    {
      what: 'a delegation nobody used',
      changes: {
        input: (input) => ({ ...input, delegation, revocation: [...input.revocation, ...unasked] }),
      },
      script: 'delegation_unused',
      ours: { check: 'delegation', reason: 'delegation_unused' },
    },
    {
      what: 'a delegation signed by another head',
      changes: { delegation: {}, delegationSigner: await issueSigner(authority, 'head') },
      script: 'delegation_signer',
      ours: { check: 'delegation_signature', reason: 'other_certificate' },
    },
    {
      what: 'a delegation of another head',
      changes: { delegation: { headCertificateSha256: OTHER_SHA256 } },
      script: 'delegation_signer',
      ours: { check: 'delegation', reason: 'delegation_head_certificate' },
    },
    {
      what: 'a delegation for another accountant',
      changes: { delegation: { delegateCertificateSha256: OTHER_SHA256 } },
      script: 'delegation_delegate',
      ours: { check: 'delegation', reason: 'delegation_delegate_certificate' },
    },
    {
      what: 'a delegation given after it was used',
      changes: { delegation: {}, delegatedAt: hours(5) },
      script: 'order',
      ours: { check: 'delegation_time', reason: 'wrong_order' },
    },
  ];
};

const TERMS: ReadonlyArray<readonly [string, Partial<Delegation>, BundleReason]> = [
  ['for another form', { forms: ['gns/sti-161'] }, 'delegation_form'],
  ['for later periods', { periodFrom: '2026-08-01' }, 'delegation_period'],
  ['for earlier periods', { periodTo: '2026-09-29' }, 'delegation_period'],
  ['that had run out', { expiresAt: hours(-1) }, 'delegation_expired'],
  ['not valid yet', { validFrom: hours(1) }, 'delegation_not_yet_valid'],
  ['of another company', { companyInn: '02202199910002' }, 'delegation_company'],
];

const ofTerms = (): Tampering[] =>
  TERMS.map(([what, delegation, reason]) => ({
    what: `a delegation ${what}`,
    changes: { delegation },
    script: 'delegation_terms',
    ours: { check: 'delegation', reason },
  }));

const ofCertificates = async ({ authority, signers }: Stage): Promise<Tampering[]> => {
  const { certificate } = await issueSigner(authority, 'head');
  const name = `certs/head-${signers.head.certificate.sha256.slice(0, 16)}.pem`;
  return [
    {
      what: 'a certificate replaced by another',
      changes: { files: (files) => files.set(name, Buffer.from(certificateToPem(certificate.der))) },
      script: 'certificate_replaced',
      ours: { check: 'certificates', reason: 'other_certificate_than_named' },
    },
  ];
};

/** Every forgery of a document there is a test for. */
export const documentTamperings = async (stage: Stage): Promise<Tampering[]> => [
  ...ofPostmark(),
  ...ofReceipts(),
  ...(await ofDelegation(stage)),
  ...ofTerms(),
  ...(await ofCertificates(stage)),
];
