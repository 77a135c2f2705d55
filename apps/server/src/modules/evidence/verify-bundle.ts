import {
  certificatesFromPem,
  MalformedError,
  parseAgencyReceipt,
  parseDecision,
  parsePostmark,
  readCertificate,
  requiredRoles,
  verifySignedData,
  type Certificate,
  type Postmark,
  type RequiredSigners,
  type VerificationReport,
} from '@sochi/signature';
import { MANIFEST, MANIFEST_SIGNATURE, receiptPaths } from './bundle-layout.ts';
import {
  bundleCheck,
  type BundleCheck,
  type BundleCheckName,
  type BundleReason,
  type BundleReport,
} from './bundle-report.ts';
import { readZip } from './read-zip.ts';
import { checkFileNames, checkManifest, sha256Hex, type BundleFiles } from './verify-manifest.ts';

interface Trust {
  readonly root: Certificate;
  readonly intermediates: readonly Certificate[];
}

/** What is found out on the way; checks are added one after another. */
class Findings {
  readonly checks: BundleCheck[] = [];
  readonly signatures = new Map<string, VerificationReport>();
  rootSha256: string | null = null;
  postmark: Postmark | null = null;

  add(check: BundleCheckName, reason: BundleReason | null, subject: string | null = null): boolean {
    this.checks.push(bundleCheck(check, reason, subject));
    return reason === null;
  }
}

const bytesOf = (files: BundleFiles, path: string): Uint8Array => files.get(path) ?? new Uint8Array();

const readPem = (files: BundleFiles, path: string): Certificate[] | undefined => {
  try {
    return certificatesFromPem(Buffer.from(bytesOf(files, path)).toString('latin1')).map(readCertificate);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
};

const readTrust = (
  files: BundleFiles,
  trustAnchor: Uint8Array | undefined,
  findings: Findings,
): Trust | undefined => {
  const [root, ...more] = readPem(files, 'certs/root.pem') ?? [];
  const intermediates = readPem(files, 'certs/chain.pem');
  if (root === undefined || more.length > 0) return void findings.add('root', 'root_malformed');
  if (intermediates === undefined) return void findings.add('root', 'chain_malformed');
  const isSame = trustAnchor === undefined || Buffer.compare(trustAnchor, root.der) === 0;
  findings.rootSha256 = root.sha256;
  return findings.add('root', isSame ? null : 'other_root', root.sha256)
    ? { root, intermediates }
    : undefined;
};

const firstProblem = ({ checks }: VerificationReport): BundleReason =>
  checks.find(({ status }) => status === 'failed')?.reason ??
  checks.find(({ status }) => status === 'indeterminate')?.reason ??
  'malformed';

interface Signed {
  readonly check: BundleCheckName;
  readonly p7s: string;
  readonly content: string;
  readonly at: Temporal.Instant;
  readonly required: RequiredSigners;
}

const checkSignature = async (
  files: BundleFiles,
  { root, intermediates }: Trust,
  signed: Signed,
  findings: Findings,
) => {
  const report = await verifySignedData({
    cms: bytesOf(files, signed.p7s),
    content: bytesOf(files, signed.content),
    trustAnchors: [root],
    intermediates,
    at: signed.at,
    required: signed.required,
  });
  findings.signatures.set(signed.p7s, report);
  const isPassed = report.indication === 'TOTAL-PASSED';
  findings.add(signed.check, isPassed ? null : firstProblem(report), signed.p7s);
  return report;
};

// The manifest says nothing about the filing's time, so its signature is judged at the moment it claims itself.
const manifestTime = async (files: BundleFiles, { root }: Trust): Promise<Temporal.Instant> => {
  const at = root.notBefore;
  const { signers } = await verifySignedData({
    cms: bytesOf(files, MANIFEST_SIGNATURE),
    content: new Uint8Array(),
    trustAnchors: [],
    at,
  });
  return signers[0]?.signingTime ?? at;
};

const OPERATOR: RequiredSigners = { roles: ['operator'] };
const AGENCY: RequiredSigners = { roles: ['agency'] };

const TIN = /<TIN>([^<]*)<\/TIN>/;

const checkReportSigners = (report: VerificationReport, postmark: Postmark, findings: Findings): void => {
  for (const role of requiredRoles(postmark)) {
    const signer = report.signers.find(({ certificate }) => certificate?.subject.role === role);
    const isNamed = signer?.certificate?.sha256 === postmark.signers[role];
    if (!isNamed)
      return void findings.add('report_signers', signer ? 'other_certificate' : 'role_missing', role);
  }
  findings.add('report_signers', null, requiredRoles(postmark).join(', '));
};

const checkPostmark = async (
  files: BundleFiles,
  trust: Trust,
  findings: Findings,
): Promise<Postmark | undefined> => {
  const parsed = parsePostmark(bytesOf(files, 'postmark.json'));
  if (!parsed.ok) return void findings.add('postmark', parsed.reason, parsed.field);
  const postmark = parsed.value;
  findings.add('postmark', null, postmark.receiptNumber);
  const signed = {
    p7s: 'postmark.p7s',
    content: 'postmark.json',
    at: postmark.postmarkedAt,
    required: OPERATOR,
  };
  const { indication } = await checkSignature(
    files,
    trust,
    { check: 'postmark_signature', ...signed },
    findings,
  );
  if (indication !== 'TOTAL-PASSED') return undefined;
  findings.postmark = postmark;
  return postmark;
};

const checkReport = async (
  files: BundleFiles,
  trust: Trust,
  postmark: Postmark,
  findings: Findings,
): Promise<void> => {
  const isReport = sha256Hex(bytesOf(files, 'report.xml')) === postmark.reportSha256;
  const isSignature = sha256Hex(bytesOf(files, 'report.p7s')) === postmark.signatureSha256;
  findings.add('report_hash', isReport ? null : 'hash_differs', 'report.xml');
  findings.add('signature_hash', isSignature ? null : 'hash_differs', 'report.p7s');
  const required = { roles: requiredRoles(postmark), companyInn: postmark.companyInn };
  const signed = { p7s: 'report.p7s', content: 'report.xml', at: postmark.postmarkedAt, required };
  const report = await checkSignature(files, trust, { check: 'report_signature', ...signed }, findings);
  checkReportSigners(report, postmark, findings);
  const tin = TIN.exec(Buffer.from(bytesOf(files, 'report.xml')).toString('utf8'))?.[1]?.trim();
  const tinProblem = tin === undefined ? 'tin_missing' : tin === postmark.companyInn ? null : 'tin_differs';
  findings.add('report_company', tinProblem, postmark.companyInn);
};

const RECEIPTS = [
  {
    name: 'agency-receipt',
    check: 'agency_receipt',
    signature: 'agency_receipt_signature',
    read: (bytes: Uint8Array) => {
      const parsed = parseAgencyReceipt(bytes);
      if (!parsed.ok) return parsed;
      const { value } = parsed;
      return { ok: true, ...value, at: value.receivedAt } as const;
    },
  },
  {
    name: 'decision',
    check: 'decision',
    signature: 'decision_signature',
    read: (bytes: Uint8Array) => {
      const parsed = parseDecision(bytes);
      if (!parsed.ok) return parsed;
      const { value } = parsed;
      return { ok: true, ...value, signatureSha256: null, at: value.decidedAt } as const;
    },
  },
] as const;

const checkReceipt = async (
  files: BundleFiles,
  trust: Trust,
  postmark: Postmark,
  { name, check, signature, read }: (typeof RECEIPTS)[number],
  findings: Findings,
): Promise<void> => {
  const { json, p7s } = receiptPaths(name);
  if (!files.has(json) && !files.has(p7s)) return;
  if (!files.has(json) || !files.has(p7s)) return void findings.add(check, 'receipt_incomplete', name);
  const receipt = read(bytesOf(files, json));
  if (!receipt.ok) return void findings.add(check, receipt.reason, receipt.field);
  const { signatureSha256 } = receipt;
  if (receipt.reportSha256 !== postmark.reportSha256) findings.add(check, 'other_report', json);
  else if (signatureSha256 !== null && signatureSha256 !== postmark.signatureSha256)
    findings.add(check, 'other_signatures', json);
  else if (receipt.filingNumber !== postmark.receiptNumber) findings.add(check, 'other_number', json);
  else findings.add(check, null, receipt.verdict);
  await checkSignature(
    files,
    trust,
    { check: signature, p7s, content: json, at: receipt.at, required: AGENCY },
    findings,
  );
};

const checkFiles = async (
  files: BundleFiles,
  trustAnchor: Uint8Array | undefined,
  findings: Findings,
): Promise<void> => {
  findings.checks.push(checkFileNames(files));
  const trust = readTrust(files, trustAnchor, findings);
  if (trust === undefined) return;
  const at = await manifestTime(files, trust);
  const manifest = { p7s: MANIFEST_SIGNATURE, content: MANIFEST, at, required: OPERATOR };
  await checkSignature(files, trust, { check: 'manifest_signature', ...manifest }, findings);
  findings.checks.push(checkManifest(files));
  const postmark = await checkPostmark(files, trust, findings);
  if (postmark === undefined) return;
  await checkReport(files, trust, postmark, findings);
  for (const receipt of RECEIPTS) await checkReceipt(files, trust, postmark, receipt, findings);
};

/**
 * Checks an evidence bundle in full and reports every check; bytes of any kind never make it throw. Without a
 * `trustAnchor` (DER) the bundle's own root is taken and its fingerprint reported for a person to compare.
 */
export const verifyBundle = async (
  zip: Uint8Array,
  options: { readonly trustAnchor?: Uint8Array } = {},
): Promise<BundleReport> => {
  const findings = new Findings();
  const archive = readZip(zip);
  findings.add('archive', archive.ok ? null : archive.reason, archive.ok ? null : archive.path);
  if (archive.ok) await checkFiles(archive.files, options.trustAnchor, findings);
  return {
    indication: findings.checks.every(({ status }) => status === 'passed') ? 'TOTAL-PASSED' : 'TOTAL-FAILED',
    checks: findings.checks,
    rootSha256: findings.rootSha256,
    isRootFromBundle: options.trustAnchor === undefined,
    postmarkedAt: findings.postmark?.postmarkedAt ?? null,
    receiptNumber: findings.postmark?.receiptNumber ?? null,
    companyInn: findings.postmark?.companyInn ?? null,
    signatures: findings.signatures,
  };
};
