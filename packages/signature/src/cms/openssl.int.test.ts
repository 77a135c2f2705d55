import { createPrivateKey } from 'node:crypto';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCertificate } from '../certificate/certificate.ts';
import { certificatesFromPem, certificateToPem } from '../certificate/pem.ts';
import {
  createDemoAuthority,
  COMPANY_INN,
  SIGNED_AT,
  type DemoAuthority,
  type Signer,
} from '../testing/demo-authority.ts';
import { verifySignedData } from '../verify/verify-signed-data.ts';
import { normaliseCms } from './normalise-cms.ts';
import { signDetached } from './sign-detached.ts';
import { readSignedData } from './signed-data.ts';

const CONTENT = Buffer.from('<REPORT>\r\n<TIN>01234567890123</TIN>\nОтчёт\r</REPORT>');
const EPOCH = String(SIGNED_AT.epochMilliseconds / 1000);

let folder: string;
let authority: DemoAuthority;
let head: Signer;
let accountant: Signer;

const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sochi-cms-'));
  authority = await createDemoAuthority();
  head = await authority.issue({ profile: 'head' });
  accountant = await authority.issue({ profile: 'accountant' });
  writeFileSync(file('root.pem'), certificateToPem(authority.root.der));
  writeFileSync(file('ca.pem'), certificateToPem(authority.intermediate.der));
  writeFileSync(file('content'), CONTENT);
  for (const [name, signer] of Object.entries({ head, accountant })) {
    writeFileSync(file(`${name}.pem`), certificateToPem(signer.certificate.der));
    writeFileSync(file(`${name}.key`), signer.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const opensslVerify = (cms: Uint8Array, contentName = 'content') => {
  writeFileSync(file('ours.p7s'), cms);
  return spawnSync(
    'openssl',
    [
      'cms',
      '-verify',
      '-binary',
      '-cades',
      '-purpose',
      'any',
      '-attime',
      EPOCH,
      '-inform',
      'DER',
      '-in',
      file('ours.p7s'),
    ].concat([
      '-content',
      file(contentName),
      '-CAfile',
      file('root.pem'),
      '-no-CApath',
      '-no-CAstore',
      '-out',
      '/dev/null',
    ]),
    { encoding: 'utf8' },
  );
};

const signOurs = (signer: Signer, addTo?: Uint8Array) =>
  signDetached({
    content: CONTENT,
    ...signer,
    signingTime: SIGNED_AT,
    certificates: [authority.intermediate],
    ...(addTo === undefined ? {} : { addTo }),
  });

const verifyOurs = (cms: Uint8Array) =>
  verifySignedData({
    cms,
    content: CONTENT,
    trustAnchors: [authority.root],
    intermediates: [authority.intermediate],
    at: SIGNED_AT,
    required: { roles: ['head', 'accountant'], companyInn: COMPANY_INN },
  });

it('makes certificates that openssl verifies', () => {
  const args = [
    'verify',
    '-x509_strict',
    '-attime',
    EPOCH,
    '-CAfile',
    file('root.pem'),
    '-untrusted',
    file('ca.pem'),
    file('head.pem'),
  ];
  expect(execFileSync('openssl', args, { encoding: 'utf8' })).toContain('OK');
});

it('signs so that openssl verifies one signer and two', async () => {
  const one = await signOurs(head);
  expect(opensslVerify(one)).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('CAdES Verification successful'),
  });
  const two = await signOurs(accountant, one);
  expect(opensslVerify(two)).toMatchObject({
    status: 0,
    stderr: expect.stringContaining('CAdES Verification successful'),
  });
  writeFileSync(file('altered'), Buffer.from(CONTENT).fill('X', 3, 4));
  expect(opensslVerify(two, 'altered').status).not.toBe(0);
});

it('carries the first SignerInfo over byte for byte when it was made by openssl', async () => {
  opensslSign('-sign', 'head', 'first.p7s', ['-in', file('content')]);
  const first = readFileSync(file('first.p7s'));
  const [before] = readSignedData(first).signerInfos;
  const after = readSignedData(await signOurs(accountant, first)).signerInfos;
  expect(after).toHaveLength(2);
  expect(after.map(({ raw }) => Buffer.from(raw))).toContainEqual(Buffer.from(before?.raw ?? []));
});

const opensslSign = (command: '-sign' | '-resign', name: string, into: string, extra: readonly string[]) => {
  const signer = ['-signer', file(`${name}.pem`), '-inkey', file(`${name}.key`), '-md', 'sha256'];
  const output = ['-outform', 'DER', '-out', file(into), ...extra];
  execFileSync('openssl', ['cms', command, '-binary', '-cades', ...signer, ...output]);
};

it('verifies what openssl signed and co-signed, and adds a signer to it', async () => {
  opensslSign('-sign', 'head', 'one.p7s', ['-in', file('content')]);
  const one = readFileSync(file('one.p7s'));
  const both = await signOurs(accountant, one);
  expect(await verifyOurs(both)).toMatchObject({ indication: 'TOTAL-PASSED' });
  expect(opensslVerify(both).status).toBe(0);
  opensslSign('-resign', 'accountant', 'two.p7s', [
    '-inform',
    'DER',
    '-in',
    file('one.p7s'),
    '-content',
    file('content'),
  ]);
  expect(await verifyOurs(readFileSync(file('two.p7s')))).toMatchObject({ indication: 'TOTAL-PASSED' });
});

it('verifies and makes RSA signatures that openssl agrees with', async () => {
  const args = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    file('rsa.key'),
    '-out',
    file('rsa.pem'),
    '-days',
    '3650',
  ];
  execFileSync('openssl', [...args, '-subj', '/CN=RSA', '-outform', 'PEM'], { stdio: 'ignore' });
  opensslSign('-sign', 'rsa', 'rsa.p7s', ['-in', file('content')]);
  const report = await verifyOurs(readFileSync(file('rsa.p7s')));
  expect(report.checks).toContainEqual(expect.objectContaining({ check: 'signature', status: 'passed' }));
  expect(report.signers[0]?.algorithm).toBe('rsa-pkcs1-sha256');
  const privateKey = createPrivateKey(readFileSync(file('rsa.key')));
  const [pem] = certificatesFromPem(readFileSync(file('rsa.pem'), 'utf8')).map(readCertificate);
  if (pem === undefined) throw new Error('openssl wrote no certificate');
  const ours = await signDetached({ content: CONTENT, certificate: pem, privateKey, signingTime: SIGNED_AT });
  writeFileSync(file('rsa-ours.p7s'), ours);
  const verify = [
    'cms',
    '-verify',
    '-binary',
    '-cades',
    '-purpose',
    'any',
    '-inform',
    'DER',
    '-in',
    file('rsa-ours.p7s'),
  ];
  const trusting = [
    '-content',
    file('content'),
    '-CAfile',
    file('rsa.pem'),
    '-out',
    '/dev/null',
    '-no_check_time',
  ];
  expect(spawnSync('openssl', [...verify, ...trusting]).status).toBe(0);
});

it('verifies what openssl streamed, once it is normalised', async () => {
  for (const [index, how] of ['-stream', '-indef'].entries()) {
    opensslSign('-sign', 'head', `stream${index}.p7s`, ['-in', file('content'), how]);
    const ber = readFileSync(file(`stream${index}.p7s`));
    expect((await verifyOurs(ber)).checks[0]).toMatchObject({ reason: 'malformed' });
    // openssl carries the signer's certificate only; the second signer brings the authority's.
    const both = await signOurs(accountant, normaliseCms(ber));
    expect(opensslVerify(both).status).toBe(0);
    expect(await verifyOurs(both)).toMatchObject({ indication: 'TOTAL-PASSED' });
  }
});
