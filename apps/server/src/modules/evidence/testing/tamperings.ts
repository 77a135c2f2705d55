/**
 * Bundles that somebody who holds all keys of the operator has forged and sealed again, so that only what is wrong with them can
 * give them away. Both verifiers must, each with a reason of its own.
 */
import { addTimestamps, signatureValues } from '@sochi/signature';
import { shortPrint } from '../bundle-layout.ts';
import type { BundleCheckName, BundleReason } from '../bundle-report.ts';
import { createSampleAuthority, type SampleAuthority } from './sample-authority.ts';
import { POSTMARKED_AT, type Revocation, type SampleChanges, type SampleSigners } from './sample-bundle.ts';
import { answerOf, listOf } from './sample-revocation.ts';
import { timestampOf } from './sample-signatures.ts';
import { textTamperings } from './text-tamperings.ts';
import { documentTamperings } from './document-tamperings.ts';

export interface Tampering {
  readonly what: string;
  readonly changes: SampleChanges;
  /** What verify.sh calls it. */
  readonly script: string;
  /** What verifyBundle calls it: its first failed check. */
  readonly ours: { readonly check: BundleCheckName; readonly reason: BundleReason };
}

/** Whose bundle it is. */
export interface Stage {
  readonly authority: SampleAuthority;
  readonly signers: SampleSigners;
}

const hours = (count: number): Temporal.Instant => POSTMARKED_AT.add({ hours: count });

/** Replaces one file of the postmark's evidence of revocation. */
const replaced =
  (name: string, bytes: Uint8Array | undefined) =>
  (files: Revocation): Revocation =>
    files.flatMap((one) => {
      if (one.document !== 'postmark' || one.file !== name) return [one];
      return bytes === undefined ? [] : [{ ...one, bytes }];
    });

const ofReport = ({ authority, signers }: Stage): Tampering[] => [
  {
    what: 'an altered report',
    changes: { input: (input) => ({ ...input, reportXml: Buffer.from('<REPORT/>') }) },
    script: 'report_hash',
    ours: { check: 'report_hash', reason: 'hash_differs' },
  },
  {
    what: 'the signature of one signer removed',
    changes: { reportSigners: [signers.head] },
    script: 'report_signers',
    ours: { check: 'report_signature', reason: 'role_missing' },
  },
  {
    what: 'roles swapped',
    changes: {
      postmark: {
        signers: {
          head: signers.accountant.certificate.sha256,
          accountant: signers.head.certificate.sha256,
        },
      },
    },
    script: 'report_signers',
    ours: { check: 'report_signers', reason: 'other_certificate' },
  },
  {
    what: 'the timestamps of the report removed',
    changes: { stampedLate: { report: null } },
    script: 'timestamp_missing',
    ours: { check: 'report_signature', reason: 'timestamp_missing' },
  },
  {
    what: 'a timestamp moved from another signature',
    changes: {
      stampedLate: { report: null },
      reportP7s: async (p7s) => {
        const tokens = signatureValues(p7s).map((value) => timestampOf(authority, value, POSTMARKED_AT));
        return addTimestamps(p7s, (await Promise.all(tokens)).toReversed());
      },
    },
    script: 'timestamp_other',
    ours: { check: 'report_signature', reason: 'timestamp_over_other_signature' },
  },
  {
    what: 'the report stamped after the postmark',
    changes: { stampedLate: { report: 3600 } },
    script: 'order',
    ours: { check: 'report_time', reason: 'wrong_order' },
  },
];

const ofTimestamps = async ({ signers }: Stage): Promise<Tampering[]> => {
  const stranger = await createSampleAuthority('Foreign');
  return [
    {
      what: 'a timestamp by an unknown authority',
      changes: { timestamper: stranger.timestamper },
      script: 'timestamp_authority',
      ours: { check: 'report_signature', reason: 'timestamp_authority_unknown' },
    },
    {
      what: 'a timestamp by somebody who may not give one',
      changes: { timestamper: signers.operator },
      script: 'timestamp_authority',
      ours: { check: 'report_signature', reason: 'timestamp_authority_unfit' },
    },
  ];
};

const LOST = { revokedAt: hours(-1), reason: 'keyCompromise' } as const;

const ofLists = async ({ authority, signers }: Stage): Promise<Tampering[]> => {
  const issuingList = `${shortPrint(authority.issuing.sha256)}.crl`;
  const old = await listOf(authority, 'issuing', { at: hours(-96) });
  return [
    {
      what: 'the revocation lists removed',
      changes: { revocation: (files) => files.filter(({ file }) => !file.endsWith('.crl')) },
      script: 'crl_missing',
      ours: { check: 'postmark_revocation', reason: 'crl_missing' },
    },
    {
      what: 'a revocation list that had run out before',
      changes: { revocation: replaced(issuingList, old) },
      script: 'revocation_stale',
      ours: { check: 'postmark_signature', reason: 'revocation_stale' },
    },
    {
      what: 'a list that names the signer as revoked before',
      changes: { revoked: [{ certificate: signers.head.certificate, ...LOST }] },
      script: 'revoked',
      ours: { check: 'report_signature', reason: 'revoked' },
    },
    {
      what: 'a list that names the issuing authority as revoked',
      changes: { revoked: [{ certificate: authority.issuing, ...LOST }] },
      script: 'issuer_revoked',
      ours: { check: 'postmark_signature', reason: 'timestamp_authority_revoked' },
    },
    {
      what: 'a timestamp authority that lost its key, even later',
      changes: {
        revoked: [{ certificate: authority.timestamper.certificate, ...LOST, revokedAt: POSTMARKED_AT }],
        stampedLate: { postmark: -5 },
      },
      script: 'revoked',
      ours: { check: 'postmark_signature', reason: 'timestamp_authority_revoked' },
    },
  ];
};

const ofAnswers = async ({ authority, signers }: Stage): Promise<Tampering[]> => {
  const { head, accountant } = signers;
  const name = `${shortPrint(head.certificate.sha256)}.ocsp`;
  const ask = { certificates: [head.certificate], at: POSTMARKED_AT };
  const other = await answerOf(authority, { ...ask, certificates: [accountant.certificate] });
  const revoked = await answerOf(authority, {
    ...ask,
    revoked: [{ certificate: head.certificate, ...LOST }],
  });
  const imposter = { ...authority.responder, privateKey: accountant.privateKey };
  const forged = await answerOf(authority, ask, imposter);
  const answer = (bytes: Uint8Array | undefined) => ({ revocation: replaced(name, bytes) });
  return [
    {
      what: 'an OCSP answer removed',
      changes: answer(undefined),
      script: 'ocsp_missing',
      ours: { check: 'report_revocation', reason: 'ocsp_missing' },
    },
    {
      what: 'an OCSP answer about another certificate',
      changes: answer(other),
      script: 'ocsp_other',
      ours: { check: 'report_revocation', reason: 'ocsp_other_certificate' },
    },
    {
      what: 'an OCSP answer that says revoked',
      changes: answer(revoked),
      script: 'ocsp_revoked',
      ours: { check: 'report_revocation', reason: 'revoked' },
    },
    {
      what: 'an OCSP answer signed by somebody else',
      changes: answer(forged),
      script: 'ocsp_signature',
      ours: { check: 'report_revocation', reason: 'revocation_not_accepted' },
    },
  ];
};

/** Every forgery there is a test for. */
export const tamperings = async (stage: Stage): Promise<Tampering[]> => [
  ...ofReport(stage),
  ...(await ofTimestamps(stage)),
  ...(await ofLists(stage)),
  ...(await ofAnswers(stage)),
  ...(await documentTamperings(stage)),
  ...(await textTamperings(stage)),
];
