import { createVerificationCache, signatureValues, type Certificate } from '@sochi/signature';
import { hash, verify } from 'node:crypto';
import type { SignatureContest } from './signature-bench.ts';

const BUNDLES = [
  // What a filing has that was accepted or rejected, and what it may have at most.
  { name: 'decided', changes: { withoutCorrection: true }, aimPerSecond: 300 },
  { name: 'delegated and correcting', changes: { delegation: {} } },
] as const;

/** Hashes every file, and checks as many P-256 signatures as the bundle's documents and timestamps have. */
const bareWork = (files: ReadonlyMap<string, Uint8Array>, { publicKey, tbs, signature }: Certificate) => {
  const signed = [...files].filter(([path]) => path.endsWith('.p7s') && path !== 'MANIFEST.p7s');
  const documents = signed.flatMap(([, cms]) => signatureValues(cms)).length;
  // Each has its timestamp; the manifest has a signature and a seal.
  const signatures = documents * 2 + 2;
  const run = (): void => {
    for (const bytes of files.values()) hash('sha256', bytes);
    for (let count = 0; count < signatures; count += 1) verify('sha256', tbs, publicKey, signature);
  };
  return { run, signatures };
};

/**
 * Verifies one evidence bundle again and again: of a filing that was decided, and the largest there is. Chains and sources of
 * revocation once checked are kept, as by whoever verifies an archive.
 */
export const bundleContests = async (): Promise<SignatureContest[]> => {
  // Loaded only here: the program that holds the bench serves companies, too.
  const [{ createSampleAuthority }, { issueSampleSigners, sampleBundle }, { filesOf }, { verifyBundle }] =
    await Promise.all([
      import('../../apps/server/src/modules/evidence/testing/sample-authority.ts'),
      import('../../apps/server/src/modules/evidence/testing/sample-bundle.ts'),
      import('../../apps/server/src/modules/evidence/testing/run-verify-script.ts'),
      import('../../apps/server/src/modules/evidence/verify-bundle.ts'),
    ]);
  const authority = await createSampleAuthority();
  const signers = await issueSampleSigners(authority);
  return Promise.all(
    BUNDLES.map(async ({ name, changes, ...aim }) => {
      const zip = await sampleBundle(authority, signers, changes);
      const cache = createVerificationCache();
      const { run, signatures } = bareWork(filesOf(zip), authority.root);
      const ours = async (): Promise<void> => {
        const { indication } = await verifyBundle(zip, { cache });
        if (indication !== 'TOTAL-PASSED') throw new Error('the sample bundle is not sound');
      };
      return {
        name: `verify an evidence bundle (${name})`,
        bareName: `SHA-256 of its files and ${signatures} P-256 verifications`,
        ...aim,
        ours: { run: ours, parallel: 1 },
        bare: { run, parallel: 1 },
      };
    }),
  );
};
