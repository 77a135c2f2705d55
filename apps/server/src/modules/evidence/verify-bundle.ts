import { verify } from 'node:crypto';
import { type Postmark, type VerificationCache } from '@sochi/signature';
import { BundleInspection, type Trust } from './bundle-inspection.ts';
import { MANIFEST, MANIFEST_SEAL, MANIFEST_SIGNATURE } from './bundle-layout.ts';
import type { BundleReport } from './bundle-report.ts';
import { readPem } from './read-pem.ts';
import { readZip } from './read-zip.ts';
import { checkCertificates } from './verify-certificates.ts';
import { checkDelegation } from './verify-delegation.ts';
import { checkFileNames, checkManifest } from './verify-manifest.ts';
import { checkPostmark } from './verify-postmark.ts';
import { checkReceipts } from './verify-receipts.ts';
import { checkReport } from './verify-report.ts';

const readTrust = (bundle: BundleInspection): Trust | undefined => {
  const [root, ...more] = readPem(bundle.bytes('certs/root.pem'), bundle.cache) ?? [];
  const intermediates = readPem(bundle.bytes('certs/chain.pem'), bundle.cache);
  if (root !== undefined && more.length === 0 && intermediates !== undefined) return { root, intermediates };
  bundle.add('root', intermediates === undefined ? 'chain_malformed' : 'root_malformed');
  return undefined;
};

const checkManifestSignature = async (bundle: BundleInspection, trust: Trust): Promise<void> => {
  const { signers } = await bundle.verifyPacking({ p7s: MANIFEST_SIGNATURE, content: MANIFEST }, trust);
  const key = signers[0]?.certificate?.publicKey;
  const isSealed =
    key !== undefined && verify('sha256', bundle.bytes(MANIFEST_SIGNATURE), key, bundle.bytes(MANIFEST_SEAL));
  if (!isSealed) bundle.add('manifest_signature', 'file_altered', MANIFEST_SEAL);
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
  bundle.checks.push(checkManifest(bundle));
  checkCertificates(bundle);
  const postmark = await checkPostmark(bundle, trust);
  if (postmark === undefined) return { rootSha256, postmark };
  const report = await checkReport(bundle, trust, postmark);
  await checkDelegation({ bundle, trust, postmark, report });
  await checkReceipts(bundle, trust, postmark);
  return { rootSha256, postmark };
};

/**
 * Checks an evidence bundle in full and reports every check; bytes of any kind never make it throw. Without a
 * `trustAnchor` (DER) the bundle's own root is taken and its fingerprint reported for a person to compare. Who checks many may
 * share a `cache` among them.
 */
export const verifyBundle = async (
  zip: Uint8Array,
  options: { readonly trustAnchor?: Uint8Array; readonly cache?: VerificationCache } = {},
): Promise<BundleReport> => {
  const archive = readZip(zip);
  const bundle = new BundleInspection(archive.ok ? archive.files : new Map(), options.cache);
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
