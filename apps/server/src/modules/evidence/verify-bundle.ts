import { verify } from 'node:crypto';
import {
  certificatesFromPem,
  MalformedError,
  parsePostmark,
  readCertificate,
  requiredRoles,
  verifySignedData,
  type Certificate,
  type Postmark,
  type VerificationReport,
} from '@sochi/signature';
import { BundleInspection, OPERATOR, type Trust } from './bundle-inspection.ts';
import { MANIFEST, MANIFEST_SEAL, MANIFEST_SIGNATURE } from './bundle-layout.ts';
import type { BundleReport } from './bundle-report.ts';
import { readZip } from './read-zip.ts';
import { checkFileNames, checkManifest, sha256Hex } from './verify-manifest.ts';
import { checkReceipts } from './verify-receipts.ts';

const readPem = (pem: Uint8Array): Certificate[] | undefined => {
  try {
    return certificatesFromPem(Buffer.from(pem).toString('latin1')).map(readCertificate);
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
};

const readTrust = (bundle: BundleInspection): Trust | undefined => {
  const [root, ...more] = readPem(bundle.bytes('certs/root.pem')) ?? [];
  const intermediates = readPem(bundle.bytes('certs/chain.pem'));
  if (root !== undefined && more.length === 0 && intermediates !== undefined) return { root, intermediates };
  bundle.add('root', intermediates === undefined ? 'chain_malformed' : 'root_malformed');
  return undefined;
};

// The manifest says nothing about the filing's time, so its signature is judged at the moment it claims itself.
const manifestTime = async (bundle: BundleInspection, { root }: Trust): Promise<Temporal.Instant> => {
  const at = root.notBefore;
  const cms = bundle.bytes(MANIFEST_SIGNATURE);
  const { signers } = await verifySignedData({ cms, content: new Uint8Array(), trustAnchors: [], at });
  return signers[0]?.signingTime ?? at;
};

const checkManifestSignature = async (bundle: BundleInspection, trust: Trust): Promise<void> => {
  const at = await manifestTime(bundle, trust);
  const files = { p7s: MANIFEST_SIGNATURE, content: MANIFEST };
  const { signers } = await bundle.verify(
    { check: 'manifest_signature', ...files, at, required: OPERATOR },
    trust,
  );
  const key = signers[0]?.certificate?.publicKey;
  const isSealed =
    key !== undefined && verify('sha256', bundle.bytes(MANIFEST_SIGNATURE), key, bundle.bytes(MANIFEST_SEAL));
  if (!isSealed) bundle.add('manifest_signature', 'file_altered', MANIFEST_SEAL);
};

const checkPostmark = async (bundle: BundleInspection, trust: Trust): Promise<Postmark | undefined> => {
  const parsed = parsePostmark(bundle.bytes('postmark.json'));
  if (!parsed.ok) return void bundle.add('postmark', parsed.reason, parsed.field);
  const postmark = parsed.value;
  bundle.add('postmark', null, postmark.receiptNumber);
  const files = { p7s: 'postmark.p7s', content: 'postmark.json' };
  const signature = {
    check: 'postmark_signature',
    ...files,
    at: postmark.postmarkedAt,
    required: OPERATOR,
  } as const;
  const { indication } = await bundle.verify(signature, trust);
  return indication === 'TOTAL-PASSED' ? postmark : undefined;
};

const checkSigners = (bundle: BundleInspection, report: VerificationReport, postmark: Postmark): void => {
  for (const role of requiredRoles(postmark)) {
    const signer = report.signers.find(({ certificate }) => certificate?.subject.role === role);
    if (signer === undefined) return bundle.add('report_signers', 'role_missing', role);
    const isNamed = signer.certificate?.sha256 === postmark.signers[role];
    if (!isNamed) return bundle.add('report_signers', 'other_certificate', role);
  }
  bundle.add('report_signers', null, requiredRoles(postmark).join(', '));
};

const TIN = /<TIN>([^<]*)<\/TIN>/;

const checkCompany = (bundle: BundleInspection, { companyInn }: Postmark): void => {
  const tin = TIN.exec(Buffer.from(bundle.bytes('report.xml')).toString('utf8'))?.[1]?.trim();
  const problem = tin === undefined ? 'tin_missing' : tin === companyInn ? null : 'tin_differs';
  bundle.add('report_company', problem, companyInn);
};

const checkReport = async (bundle: BundleInspection, trust: Trust, postmark: Postmark): Promise<void> => {
  const isReport = sha256Hex(bundle.bytes('report.xml')) === postmark.reportSha256;
  const isSignature = sha256Hex(bundle.bytes('report.p7s')) === postmark.signatureSha256;
  bundle.add('report_hash', isReport ? null : 'hash_differs', 'report.xml');
  bundle.add('signature_hash', isSignature ? null : 'hash_differs', 'report.p7s');
  const required = { roles: requiredRoles(postmark), companyInn: postmark.companyInn };
  const files = { p7s: 'report.p7s', content: 'report.xml' };
  const signature = { check: 'report_signature', ...files, at: postmark.postmarkedAt, required } as const;
  checkSigners(bundle, await bundle.verify(signature, trust), postmark);
  checkCompany(bundle, postmark);
};

interface Outcome {
  readonly rootSha256: string | null;
  readonly postmark: Postmark | undefined;
}

const inspect = async (bundle: BundleInspection, trustAnchor: Uint8Array | undefined): Promise<Outcome> => {
  bundle.checks.push(checkFileNames(bundle.files));
  const trust = readTrust(bundle);
  if (trust === undefined) return { rootSha256: null, postmark: undefined };
  const rootSha256 = trust.root.sha256;
  const isTrusted = trustAnchor === undefined || Buffer.compare(trustAnchor, trust.root.der) === 0;
  bundle.add('root', isTrusted ? null : 'other_root', rootSha256);
  if (!isTrusted) return { rootSha256, postmark: undefined };
  await checkManifestSignature(bundle, trust);
  bundle.checks.push(checkManifest(bundle.files));
  const postmark = await checkPostmark(bundle, trust);
  if (postmark === undefined) return { rootSha256, postmark };
  await checkReport(bundle, trust, postmark);
  await checkReceipts(bundle, trust, postmark);
  return { rootSha256, postmark };
};

/**
 * Checks an evidence bundle in full and reports every check; bytes of any kind never make it throw. Without a
 * `trustAnchor` (DER) the bundle's own root is taken and its fingerprint reported for a person to compare.
 */
export const verifyBundle = async (
  zip: Uint8Array,
  options: { readonly trustAnchor?: Uint8Array } = {},
): Promise<BundleReport> => {
  const archive = readZip(zip);
  const bundle = new BundleInspection(archive.ok ? archive.files : new Map());
  bundle.add('archive', archive.ok ? null : archive.reason, archive.ok ? null : archive.path);
  const nothing: Outcome = { rootSha256: null, postmark: undefined };
  const { rootSha256, postmark } = archive.ok ? await inspect(bundle, options.trustAnchor) : nothing;
  return {
    indication: bundle.checks.every(({ status }) => status === 'passed') ? 'TOTAL-PASSED' : 'TOTAL-FAILED',
    checks: bundle.checks,
    rootSha256,
    isRootFromBundle: options.trustAnchor === undefined,
    postmarkedAt: postmark?.postmarkedAt ?? null,
    receiptNumber: postmark?.receiptNumber ?? null,
    companyInn: postmark?.companyInn ?? null,
    signatures: bundle.signatures,
  };
};
