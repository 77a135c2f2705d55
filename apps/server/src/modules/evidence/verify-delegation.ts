/** The head's signature may have been made on the head's behalf: then by a delegation that is here and reaches the report. */
import {
  delegationGap,
  NO_CEILING,
  parseDelegation,
  writeDelegationClaim,
  type Delegation,
  type SignerReport,
  type SignerRole,
  type VerificationReport,
} from '@sochi/signature';
import type { BundleInspection, Trust } from './bundle-inspection.ts';
import { DELEGATION } from './bundle-layout.ts';
import type { BundleReason } from './bundle-report.ts';
import { isInOrder, isSameMoment, lastStamp } from './bundle-times.ts';
import type { ProvenPostmark } from './verify-postmark.ts';

interface Question {
  readonly bundle: BundleInspection;
  readonly trust: Trust;
  readonly postmark: ProvenPostmark;
  readonly report: VerificationReport;
}

const signerOf = ({ report }: Question, role: SignerRole): SignerReport | undefined =>
  report.signers.find(({ certificate }) => certificate?.subject.role === role);

const printOf = (signer: SignerReport | undefined): string => signer?.certificate?.sha256 ?? '';

/** Nobody but the head claims a role, and that one names exactly this record and this accountant. */
const isClaimed = (question: Question): boolean => {
  const expected = writeDelegationClaim({
    delegationSha256: question.bundle.sha256Hex(DELEGATION.json),
    delegateCertificateSha256: printOf(signerOf(question, 'accountant')),
  });
  const head = signerOf(question, 'head');
  return question.report.signers.every(
    (signer) => signer.claimedRole === (signer === head ? expected : null),
  );
};

/** What the terms are held against is the timestamp; at the two ends clocks may differ a little. */
const momentWithin = ({ validFrom, expiresAt }: Delegation, at: Temporal.Instant): Temporal.Instant => {
  if (Temporal.Instant.compare(at, validFrom) < 0 && isSameMoment(at, validFrom)) return validFrom;
  const last = expiresAt.subtract({ milliseconds: 1 });
  return Temporal.Instant.compare(at, last) > 0 && isSameMoment(at, last) ? last : at;
};

// What the tax of a report is, only its form can say: the ceiling was the portal's to hold.
const termsProblem = (question: Question, delegation: Delegation): BundleReason | null => {
  const { postmark } = question;
  if (delegation.companyInn !== postmark.companyInn) return 'delegation_company';
  const head = signerOf(question, 'head');
  const gap = delegationGap(
    { ...delegation, taxCeiling: NO_CEILING },
    {
      formId: postmark.form,
      period: { from: postmark.periodFrom, to: postmark.periodTo },
      taxDue: null,
      delegateCertificateSha256: printOf(signerOf(question, 'accountant')),
      headCertificateSha256: printOf(head),
      at: momentWithin(delegation, head?.judgedAt ?? postmark.stampedAt),
    },
  );
  return gap === undefined ? null : `delegation_${gap}`;
};

const checkRecord = async (question: Question): Promise<void> => {
  const { bundle, trust, postmark } = question;
  const parsed = parseDelegation(bundle.bytes(DELEGATION.json));
  if (!parsed.ok) return bundle.add('delegation', parsed.reason, parsed.field);
  if (!isClaimed(question)) return bundle.add('delegation', 'delegation_other');
  const delegation = parsed.value;
  bundle.add('delegation', termsProblem(question, delegation), delegation.delegateFullName);
  const report = await bundle.verify(
    {
      p7s: DELEGATION.p7s,
      content: DELEGATION.json,
      checks: { signature: 'delegation_signature', revocation: 'delegation_revocation' },
      document: 'delegation',
      stated: postmark.postmarkedAt,
      required: { roles: ['head'], companyInn: postmark.companyInn },
    },
    trust,
  );
  const [signer] = report.signers;
  if (signer !== undefined && printOf(signer) !== printOf(signerOf(question, 'head')))
    bundle.add('delegation_signature', 'other_certificate', DELEGATION.p7s);
  const [signed, used] = [lastStamp(report), signerOf(question, 'head')?.timestamp?.at];
  if (signed === undefined || used === undefined) return;
  bundle.add('delegation_time', isInOrder(signed, used) ? null : 'wrong_order', signed.toString());
};

/** Checks the delegation there is against the role the head claims, or that there is neither. */
export const checkDelegation = async (question: Question): Promise<void> => {
  const { bundle, report } = question;
  const [hasRecord, hasSignature] = [DELEGATION.json, DELEGATION.p7s].map((path) => bundle.files.has(path));
  const isUsed = report.signers.some(({ claimedRole }) => claimedRole !== null);
  if (hasRecord !== hasSignature) return bundle.add('delegation', 'document_incomplete', 'delegation/');
  if (hasRecord !== true) {
    if (isUsed) bundle.add('delegation', 'delegation_missing', 'delegation/');
    return;
  }
  if (!isUsed) return bundle.add('delegation', 'delegation_unused', 'delegation/');
  await checkRecord(question);
};
