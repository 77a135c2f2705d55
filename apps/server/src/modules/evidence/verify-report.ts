import { requiredRoles, type VerificationReport } from '@sochi/signature';
import type { BundleInspection, Trust } from './bundle-inspection.ts';
import { isInOrder, lastStamp } from './bundle-times.ts';
import type { ProvenPostmark } from './verify-postmark.ts';

const checkSigners = (
  bundle: BundleInspection,
  report: VerificationReport,
  postmark: ProvenPostmark,
): void => {
  for (const role of requiredRoles(postmark)) {
    const signer = report.signers.find(({ certificate }) => certificate?.subject.role === role);
    if (signer === undefined) return bundle.add('report_signers', 'role_missing', role);
    const isNamed = signer.certificate?.sha256 === postmark.signers[role];
    if (!isNamed) return bundle.add('report_signers', 'other_certificate', role);
  }
  bundle.add('report_signers', null, requiredRoles(postmark).join(', '));
};

const TIN = /<TIN>([^<]*)<\/TIN>/;

const checkCompany = (bundle: BundleInspection, { companyInn }: ProvenPostmark): void => {
  const tin = TIN.exec(Buffer.from(bundle.bytes('report.xml')).toString('utf8'))?.[1]?.trim();
  const problem = tin === undefined ? 'tin_missing' : tin === companyInn ? null : 'tin_differs';
  bundle.add('report_company', problem, companyInn);
};

const checkTime = (bundle: BundleInspection, report: VerificationReport, postmark: ProvenPostmark): void => {
  const last = lastStamp(report);
  // A signature without a timestamp has failed its own check.
  if (last === undefined) return;
  bundle.add('report_time', isInOrder(last, postmark.stampedAt) ? null : 'wrong_order', last.toString());
};

/** Checks the report against the postmark: its bytes, its signatures, who signed and when. */
export const checkReport = async (
  bundle: BundleInspection,
  trust: Trust,
  postmark: ProvenPostmark,
): Promise<VerificationReport> => {
  const isReport = bundle.sha256Hex('report.xml') === postmark.reportSha256;
  const isSignature = bundle.sha256Hex('report.p7s') === postmark.signatureSha256;
  bundle.add('report_hash', isReport ? null : 'hash_differs', 'report.xml');
  bundle.add('signature_hash', isSignature ? null : 'hash_differs', 'report.p7s');
  const report = await bundle.verify(
    {
      p7s: 'report.p7s',
      content: 'report.xml',
      checks: { signature: 'report_signature', revocation: 'report_revocation' },
      document: 'postmark',
      stated: postmark.postmarkedAt,
      required: { roles: requiredRoles(postmark), companyInn: postmark.companyInn },
    },
    trust,
  );
  checkSigners(bundle, report, postmark);
  checkTime(bundle, report, postmark);
  checkCompany(bundle, postmark);
  return report;
};
