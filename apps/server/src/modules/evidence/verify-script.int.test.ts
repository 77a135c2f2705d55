import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issueWithExtendedUsage } from './testing/issue-with-extended-usage.ts';
import { createToolFolder, filesOf, runScript, SHELLS, writeFiles } from './testing/run-verify-script.ts';
import { createSampleAuthority, issueSigner, type SampleAuthority } from './testing/sample-authority.ts';
import {
  issueSampleSigners,
  sampleBundle,
  type SampleChanges,
  type SampleSigners,
} from './testing/sample-bundle.ts';
import { verifyBundle } from './verify-bundle.ts';

let authority: SampleAuthority;
let signers: SampleSigners;
let sound: Uint8Array;
let folder: string;

beforeAll(async () => {
  authority = await createSampleAuthority();
  signers = await issueSampleSigners(authority);
  sound = await sampleBundle(authority, signers);
});

beforeEach(() => {
  folder = createToolFolder();
});

afterEach(() => rmSync(folder, { recursive: true }));

const unpackTo = (name: string, zip: Uint8Array): string => {
  writeFiles(join(folder, name), filesOf(zip));
  return join(folder, name, 'verify.sh');
};

const run = async (changes: SampleChanges) =>
  runScript(folder, unpackTo('b', await sampleBundle(authority, signers, changes)));

describe('a sound bundle passes with nothing but sh, openssl and unzip', () => {
  it('from its own folder and from elsewhere', () => {
    const script = unpackTo('b', sound);
    expect(runScript(folder, 'verify.sh', { cwd: join(folder, 'b') })).toMatchObject({ status: 0 });
    expect(runScript(folder, script, { cwd: '/' })).toMatchObject({ status: 0 });
    expect(runScript(folder, 'b/verify.sh', { args: ['b'] })).toMatchObject({ status: 0 });
  });

  it.each(SHELLS)('under %s', async (shell) => {
    expect(runScript(folder, unpackTo('b', sound), { shell })).toMatchObject({
      status: 0,
      output: expect.stringMatching(/OK EVERYTHING IS IN ORDER\n$/),
    });
    const delegated = await sampleBundle(authority, signers, { delegation: {} });
    expect(runScript(folder, unpackTo('d', delegated), { shell })).toMatchObject({ status: 0 });
  });

  it('in a folder with spaces and Cyrillic letters', () => {
    unpackTo("мой пакет 'отчёт' $1 *", sound);
    expect(runScript(folder, "мой пакет 'отчёт' $1 */verify.sh")).toMatchObject({ status: 0 });
  });

  it('as a zip, saying where it was unpacked, and not twice over the same folder', () => {
    const script = unpackTo('b', sound);
    writeFileSync(join(folder, 'пакет 1.zip'), sound);
    const first = runScript(folder, script, { args: ['пакет 1.zip'] });
    expect(first).toMatchObject({ status: 0, output: expect.stringContaining('пакет 1.zip.unpacked') });
    expect(runScript(folder, script, { args: ['пакет 1.zip'] })).toMatchObject({ status: 42 });
  });

  it('in Russian and Kyrgyz', () => {
    const script = unpackTo('b', sound);
    expect(runScript(folder, script, { language: 'ru_RU.UTF-8' }).output).toMatch(/OK ВСЁ ВЕРНО\n$/);
    expect(runScript(folder, script, { language: 'ky_KG.UTF-8' }).output).toMatch(/OK БААРЫ ТУУРА\n$/);
  });

  it('before the agency has answered', async () => {
    expect(await run({ withoutReceipts: true })).toMatchObject({
      status: 0,
      output: expect.stringContaining('receipts: 0'),
    });
  });

  it('after a certificate expired that was valid at the postmark', async () => {
    const notAfter = Temporal.Instant.from('2026-11-23T18:00:00Z');
    const briefly = await issueSigner(authority, 'head', { notAfter });
    const bundle = await sampleBundle(authority, { ...signers, head: briefly });
    expect(runScript(folder, unpackTo('b', bundle))).toMatchObject({ status: 0 });
  });
});

it('passes a certificate with an extended key usage that is not for e-mail', async () => {
  const head = issueWithExtendedUsage(authority, folder);
  const bundle = await sampleBundle(authority, { ...signers, head });
  expect(runScript(folder, unpackTo('b', bundle))).toMatchObject({ status: 0 });
  expect(await verifyBundle(bundle)).toMatchObject({ indication: 'TOTAL-PASSED' });
});

describe('the root can be pinned', () => {
  it('by its fingerprint in any spelling', () => {
    const script = unpackTo('b', sound);
    const hex = authority.root.sha256;
    for (const spelt of [hex, hex.toUpperCase().replace(/..(?=.)/g, '$&:')]) {
      expect(runScript(folder, script, { args: ['--root-sha256', spelt] })).toMatchObject({ status: 0 });
    }
  });

  it('and another root is refused', async () => {
    const foreign = await createSampleAuthority();
    const bundle = await sampleBundle(foreign, await issueSampleSigners(foreign));
    const script = unpackTo('b', bundle);
    expect(runScript(folder, script)).toMatchObject({ status: 0 });
    const pinned = runScript(folder, script, { args: ['--root-sha256', authority.root.sha256] });
    expect(pinned).toMatchObject({ status: 42, output: expect.stringContaining('FAILED root') });
  });

  it('and a second root hidden behind the pinned one is refused', async () => {
    const foreign = await createSampleAuthority();
    const files = filesOf(await sampleBundle(foreign, await issueSampleSigners(foreign)));
    const genuine = Buffer.from(filesOf(sound).get('certs/root.pem') ?? '').toString();
    const hidden = Buffer.from(files.get('certs/root.pem') ?? '')
      .toString()
      .replaceAll('CERTIFICATE', 'X509 CERTIFICATE');
    writeFiles(join(folder, 'b'), files.set('certs/root.pem', Buffer.from(genuine + hidden)));
    const pinned = runScript(folder, join(folder, 'b/verify.sh'), {
      args: ['--root-sha256', authority.root.sha256],
    });
    expect(pinned).toMatchObject({ status: 42, output: expect.stringContaining('FAILED root') });
  });
});

describe('what is signed by the wrong hands is refused', () => {
  const refused = async (changes: SampleChanges, code: string) =>
    expect(await run(changes)).toMatchObject({
      status: 42,
      output: expect.stringContaining(`FAILED ${code}:`),
    });

  it('the same role twice', async () =>
    refused({ reportSigners: [signers.head, await issueSigner(authority, 'head')] }, 'report_signers'));

  it('a third signer', async () =>
    refused({ reportSigners: [signers.head, signers.accountant, signers.agency] }, 'report_signers'));

  it('a signer of another company', async () => {
    const stranger = await issueSigner(authority, 'head', { companyInn: '02202199910002' });
    await refused(
      {
        reportSigners: [stranger, signers.accountant],
        postmark: {
          signers: { head: stranger.certificate.sha256, accountant: signers.accountant.certificate.sha256 },
        },
      },
      'report_company',
    );
  });

  it('a certificate that had expired at the postmark', async () => {
    const expired = await issueSigner(authority, 'head', {
      notAfter: Temporal.Instant.from('2026-11-23T17:00:00Z'),
    });
    const bundle = await sampleBundle(authority, { ...signers, head: expired });
    const result = runScript(folder, unpackTo('b', bundle));
    expect(result).toMatchObject({
      status: 42,
      output: expect.stringMatching(/FAILED certificate_time.*expired/),
    });
  });

  it('a signer of another root', async () => {
    const stranger = await issueSigner(await createSampleAuthority(), 'head');
    await refused({ reportSigners: [stranger, signers.accountant] }, 'report_signature');
  });

  it('a postmark signed by a company', () => refused({ postmarkSigner: signers.head }, 'postmark_signer'));

  it('a manifest signed by a company', () => refused({ manifestSigner: signers.head }, 'manifest_signer'));

  it('a receipt signed by a company', () => refused({ receiptSigner: signers.head }, 'receipt_signer'));

  it('receipts of another report', async () => {
    const other = filesOf(
      await sampleBundle(authority, signers, { report: '<REPORT><TIN>01201199910001</TIN></REPORT>' }),
    );
    const [json = new Uint8Array(), p7s = new Uint8Array()] = ['json', 'p7s'].map(
      (end) => other.get(`receipts/decision.${end}`) ?? new Uint8Array(),
    );
    await refused(
      { input: (input) => ({ ...input, receipts: [{ name: 'decision', json, p7s }] }) },
      'receipt_hash',
    );
  });

  it('reports swapped between two bundles', async () => {
    const other = filesOf(
      await sampleBundle(authority, signers, { report: '<REPORT><TIN>01201199910001</TIN></REPORT>' }),
    );
    const reportXml = other.get('report.xml') ?? new Uint8Array();
    await refused({ input: (input) => ({ ...input, reportXml }) }, 'report_hash');
  });
});

describe('what does not agree with the manifest is refused', () => {
  const alteredRun = (change: (bundleFolder: string) => void) => {
    const script = unpackTo('b', sound);
    change(join(folder, 'b'));
    return runScript(folder, script);
  };

  it('a removed file', () => {
    const result = alteredRun((b) => rmSync(join(b, 'receipts/decision.json')));
    expect(result).toMatchObject({
      status: 42,
      output: expect.stringContaining('FAILED file_missing: the file receipts/decision.json'),
    });
  });

  it.each(['extra', '.hidden', '...', '*', 'certs/extra.pem', 'receipts/.x', 'folder/x'])(
    'an added file %s',
    (name) => {
      const result = alteredRun((b) => {
        mkdirSync(join(b, 'folder'), { recursive: name.startsWith('folder') });
        writeFileSync(join(b, name), 'x');
        if (!name.startsWith('folder')) rmSync(join(b, 'folder'), { recursive: true });
      });
      expect(result).toMatchObject({ status: 42, output: expect.stringContaining('FAILED file_unknown') });
    },
  );

  it('line ends changed on the way', () => {
    const text = Buffer.from(filesOf(sound).get('report.xml') ?? '')
      .toString()
      .replaceAll('\r\n', '\n');
    const result = alteredRun((b) => writeFileSync(join(b, 'report.xml'), text));
    expect(result).toMatchObject({
      status: 42,
      output: expect.stringContaining('FAILED file_altered: the file was altered: report.xml'),
    });
  });

  it('two files exchanged', () => {
    const result = alteredRun((b) => {
      renameSync(join(b, 'report.p7s'), join(b, 'tmp'));
      renameSync(join(b, 'postmark.p7s'), join(b, 'report.p7s'));
      renameSync(join(b, 'tmp'), join(b, 'postmark.p7s'));
    });
    expect(result.status).toBe(42);
  });

  it('a damaged zip, an empty folder and no folder', () => {
    const script = unpackTo('b', sound);
    writeFileSync(join(folder, 'cut.zip'), sound.subarray(0, sound.length - 40));
    mkdirSync(join(folder, 'empty'));
    for (const target of ['cut.zip', 'empty', 'nowhere']) {
      expect(runScript(folder, script, { args: [target] }).status).toBe(42);
    }
  });
});
