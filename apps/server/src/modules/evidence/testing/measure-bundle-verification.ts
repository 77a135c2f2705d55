/** Prints how many bundles a second one core verifies. Run by hand: node apps/server/src/modules/evidence/testing/measure-bundle-verification.ts */
import { hash, verify } from 'node:crypto';
import { createVerificationCache, signatureValues, type Certificate } from '@sochi/signature';
import { runSignatureBench } from '@sochi/bench';
import { readZip } from '../read-zip.ts';
import { verifyBundle } from '../verify-bundle.ts';
import { createSampleAuthority } from './sample-authority.ts';
import { issueSampleSigners, sampleBundle } from './sample-bundle.ts';

/** One bundle to be verified over and over, and what that cannot do without. */
interface BundleVerification {
  /** Checks the whole bundle; throws when it is not sound. */
  readonly ours: () => Promise<void>;
  /** Hashes every file, and checks as many P-256 signatures as the bundle's documents and timestamps have. */
  readonly bare: () => void;
  readonly signatures: number;
}

const bareWork = (zip: Uint8Array, { publicKey, tbs, signature }: Certificate) => {
  const archive = readZip(zip);
  const files = archive.ok ? [...archive.files] : [];
  const signed = files.filter(([path]) => path.endsWith('.p7s') && path !== 'MANIFEST.p7s');
  const documents = signed.flatMap(([, cms]) => signatureValues(cms)).length;
  // Each has its timestamp; the manifest has a signature and a seal.
  const signatures = documents * 2 + 2;
  const bare = () => {
    for (const [, bytes] of files) hash('sha256', bytes);
    for (let count = 0; count < signatures; count += 1) verify('sha256', tbs, publicKey, signature);
  };
  return { bare, signatures };
};

/** What a filing has that was accepted or rejected, and what it may have at most. */
type MeasuredBundle = 'decided' | 'delegated and correcting';

/**
 * A bundle to be measured by the bench: report, postmark, hand-over, agency's receipt and decision, or with a delegation and a
 * correction beside them. Chains and sources of revocation once checked are kept, as by whoever verifies an archive.
 */
const prepareBundleVerification = async (bundle: MeasuredBundle): Promise<BundleVerification> => {
  const authority = await createSampleAuthority();
  const changes = bundle === 'decided' ? { withoutCorrection: true } : { delegation: {} };
  const zip = await sampleBundle(authority, await issueSampleSigners(authority), changes);
  const cache = createVerificationCache();
  return {
    ours: async () => {
      const { indication } = await verifyBundle(zip, { cache });
      if (indication !== 'TOTAL-PASSED') throw new Error('the sample bundle is not sound');
    },
    ...bareWork(zip, authority.root),
  };
};

for (const bundle of ['decided', 'delegated and correcting'] as const) {
  const { ours, bare, signatures } = await prepareBundleVerification(bundle);
  const contest = {
    name: `verify an evidence bundle (${bundle})`,
    bareName: `SHA-256 of its files and ${signatures} P-256 verifications`,
    aimPerSecond: 300,
    ours: { run: ours, parallel: 1 },
    bare: { run: bare, parallel: 1 },
  };
  await runSignatureBench({
    contests: [contest],
    seconds: 5,
    report: (line) => process.stdout.write(`${line}\n`),
  });
}
