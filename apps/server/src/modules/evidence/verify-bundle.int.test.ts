import fc from 'fast-check';
import { zipSync, type Zippable } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildEvidenceBundle, type EvidenceBundleInput } from './build-bundle.ts';
import type { BundleCheckName, BundleReason } from './bundle-report.ts';
import { renderVerifyReport } from './render-report.ts';
import { filesOf } from './testing/run-verify-script.ts';
import { createSampleAuthority, issueSigner, type SampleAuthority } from './testing/sample-authority.ts';
import {
  issueSampleSigners,
  POSTMARKED_AT,
  sampleBundle,
  type SampleChanges,
  type SampleSigners,
} from './testing/sample-bundle.ts';
import { verifyBundle } from './verify-bundle.ts';

let authority: SampleAuthority;
let signers: SampleSigners;
let sound: Uint8Array;

beforeAll(async () => {
  authority = await createSampleAuthority();
  signers = await issueSampleSigners(authority);
  sound = await sampleBundle(authority, signers);
});

const zipped = (files: ReadonlyMap<string, Uint8Array>) =>
  zipSync(Object.fromEntries(files) satisfies Zippable);

describe('a sound bundle', () => {
  it('passes every check and says what it is about', async () => {
    const report = await verifyBundle(sound);
    expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(report.checks).toHaveLength(33);
    expect(report).toMatchObject({
      indication: 'TOTAL-PASSED',
      isRootFromBundle: true,
      rootSha256: authority.root.sha256,
      receiptNumber: '2026-000123',
      companyInn: '01201199910001',
    });
    expect(report.postmarkedAt).toEqual(POSTMARKED_AT);
  });

  it('passes before the agency has answered, and against the root one trusts', async () => {
    const bundle = await sampleBundle(authority, signers, { withoutReceipts: true });
    expect(await verifyBundle(bundle, { trustAnchor: authority.root.der })).toMatchObject({
      indication: 'TOTAL-PASSED',
      isRootFromBundle: false,
    });
  });

  it('is built of the same bytes for the same input and the same signature', async () => {
    const inputs: EvidenceBundleInput[] = [];
    await sampleBundle(authority, signers, { input: (input) => (inputs.push(input), input) });
    const operatorSigner = () => Promise.resolve(Uint8Array.of(1, 2, 3));
    const build = () =>
      Promise.all(
        inputs.map((input) =>
          buildEvidenceBundle({ ...input, operatorSigner, operatorSeal: operatorSigner }),
        ),
      );
    const [[one], [two]] = [await build(), await build()];
    expect(one).toBeDefined();
    expect(one).toEqual(two);
  });

  it('passes when the head signed through the accountant, by a delegation that reaches the report', async () => {
    const bundle = await sampleBundle(authority, signers, { delegation: {} });
    const { indication, checks } = await verifyBundle(bundle);
    expect(indication).toBe('TOTAL-PASSED');
    expect(checks).toContainEqual(expect.objectContaining({ check: 'delegation', status: 'passed' }));
    const everything = await sampleBundle(authority, signers, { delegation: { forms: ['*'] } });
    expect(await verifyBundle(everything)).toMatchObject({ indication: 'TOTAL-PASSED' });
  });

  it('is told in three languages', async () => {
    const report = await verifyBundle(sound);
    expect(renderVerifyReport(report, 'ru')).toMatch(/Штемпель: 2026-11-23T23:59:59\+06:00[^]*OK ВСЁ ВЕРНО$/);
    expect(renderVerifyReport(report, 'ky')).toMatch(/OK БААРЫ ТУУРА$/);
    expect(renderVerifyReport(report, 'en')).toMatch(/OK EVERYTHING IS IN ORDER$/);
  });
});

describe('what is wrong is named', () => {
  const named = async (changes: SampleChanges, check: BundleCheckName, reason: BundleReason) => {
    const report = await verifyBundle(await sampleBundle(authority, signers, changes));
    expect(report.indication).toBe('TOTAL-FAILED');
    expect(report.checks.find(({ status }) => status === 'failed')).toMatchObject({ check, reason });
    expect(renderVerifyReport(report, 'en')).toContain(`[${reason}]`);
  };

  it('the same role twice', async () =>
    named(
      { reportSigners: [signers.head, await issueSigner(authority, 'head')] },
      'report_signature',
      'role_twice',
    ));

  it('a third signer', () =>
    named(
      { reportSigners: [signers.head, signers.accountant, signers.agency] },
      'report_signature',
      'role_unexpected',
    ));

  it('a signer of another company', async () => {
    const stranger = await issueSigner(authority, 'head', { companyInn: '02202199910002' });
    await named({ reportSigners: [stranger, signers.accountant] }, 'report_signature', 'other_company');
  });

  it('a certificate that had expired', async () => {
    const expired = await issueSigner(authority, 'head', {
      notAfter: Temporal.Instant.from('2026-11-23T17:00:00Z'),
    });
    await named({ reportSigners: [expired, signers.accountant] }, 'report_signature', 'expired');
  });

  it('a signer of another root', async () => {
    const stranger = await issueSigner(await createSampleAuthority(), 'head');
    await named(
      { reportSigners: [stranger, signers.accountant] },
      'report_signature',
      'issuer_signature_wrong',
    );
  });

  it('a postmark not signed by the operator', () =>
    named({ postmarkSigner: signers.head }, 'postmark_signature', 'role_of_another'));

  it('a manifest not signed by the operator', () =>
    named({ manifestSigner: signers.head }, 'manifest_signature', 'role_of_another'));

  it('a receipt not signed by the agency', () =>
    named({ receiptSigner: signers.operator }, 'agency_receipt_signature', 'role_of_another'));

  it('a report of another company', () =>
    named({ report: '<REPORT><TIN>02202199910002</TIN></REPORT>' }, 'report_company', 'tin_differs'));

  it('a report without a company', () => named({ report: '<REPORT/>' }, 'report_company', 'tin_missing'));

  it('another root than the one trusted', async () => {
    const other = await createSampleAuthority();
    const report = await verifyBundle(sound, { trustAnchor: other.root.der });
    expect(report.checks).toContainEqual(expect.objectContaining({ check: 'root', reason: 'other_root' }));
  });
});

describe('files that do not agree with the manifest', () => {
  const failure = async (change: (files: Map<string, Uint8Array>) => void) => {
    const files = filesOf(sound);
    change(files);
    const { checks } = await verifyBundle(zipped(files));
    return checks.find(({ status }) => status === 'failed');
  };

  it('a removed file', async () => {
    expect(await failure((files) => files.delete('verify.sh'))).toMatchObject({
      check: 'files',
      reason: 'file_missing',
    });
    expect(await failure((files) => files.delete('receipts/decision.json'))).toMatchObject({
      reason: 'file_missing',
    });
  });

  it('an added file', async () => {
    expect(await failure((files) => files.set('extra', Uint8Array.of(1)))).toMatchObject({
      reason: 'file_unknown',
    });
    const name = `certs/head-${'0'.repeat(16)}.pem`;
    expect(await failure((files) => files.set(name, Uint8Array.of(1)))).toMatchObject({
      check: 'manifest',
      reason: 'file_unknown',
    });
  });

  it('any one byte of any file', async () => {
    const paths = [...filesOf(sound).keys()];
    const flips = fc.record({
      path: fc.constantFrom(...paths),
      share: fc.double({ min: 0, max: 0.999999, noNaN: true }),
      mask: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(flips, async ({ path, share, mask }) => {
        const found = await failure((files) => {
          const bytes = Uint8Array.from(files.get(path) ?? []);
          const position = Math.floor(share * bytes.length);
          bytes[position] = (bytes[position] ?? 0) ^ mask;
          files.set(path, bytes);
        });
        expect(found).toBeDefined();
      }),
      { numRuns: 300 },
    );
  });
});

describe('archives of any kind', () => {
  it('are reported and never throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect((await verifyBundle(bytes)).indication).toBe('TOTAL-FAILED');
      }),
    );
  });

  it('survive damage anywhere', async () => {
    const damage = fc.record({
      at: fc.nat(sound.length - 1),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, bytes, cut }) => {
        const altered = Uint8Array.from(cut ? sound.subarray(0, at) : sound);
        altered.set(bytes.subarray(0, Math.max(0, altered.length - at)), Math.min(at, altered.length));
        const { checks } = await verifyBundle(altered);
        expect(checks.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it('that claim to unpack to gigabytes are refused unread', async () => {
    const bomb = zipSync({ 'report.xml': new Uint8Array(65 * 1024 * 1024) });
    expect((await verifyBundle(bomb)).checks).toEqual([
      expect.objectContaining({ check: 'archive', reason: 'zip_too_big' }),
    ]);
  });
});
