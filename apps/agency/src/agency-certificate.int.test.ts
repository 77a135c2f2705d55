import { certificateToPem, readCertificationRequest, verifyCertificationRequest } from '@sochi/signature';
import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { acceptCertificate, requestCertificate } from './agency-certificate.ts';
import { loadAgencyKey } from './signing-key.ts';
import {
  belongs,
  createKeyFolder,
  createTestAuthority,
  derOfRequest,
  type TestAuthority,
} from './test/authority.ts';

let authority: TestAuthority;
let root: string;
const now = Temporal.Now.instant();

beforeAll(async () => {
  authority = await createTestAuthority();
  root = await mkdtemp(join(tmpdir(), 'sochi-test-keys-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

it('makes a key that only its owner can read, and the certificate for it', async () => {
  const { folder, remove } = await createKeyFolder(authority);
  expect((await stat(join(folder, 'key.pem'))).mode & 0o777).toBe(0o600);
  const key = await loadAgencyKey({ folder, trustRoot: null, now });
  expect(belongs(key.certificate.der, createPrivateKey(await readFile(join(folder, 'key.pem'))))).toBe(true);
  await remove();
});

it('asks for a certificate with proof that it holds the key, as openssl sees it too', async () => {
  const folder = join(root, 'asking');
  const pem = await requestCertificate(folder);
  const request = readCertificationRequest(derOfRequest(pem));
  expect(await verifyCertificationRequest(request)).toEqual({ ok: true });
  const verdict = execFileSync('openssl', ['req', '-verify', '-noout', '-subject'], {
    input: pem,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  expect(verdict).toContain('subject');
});

it('asks again for the same key after a crash half-way', async () => {
  const folder = join(root, 'half');
  const keyOf = (pem: string) =>
    createPublicKey({
      key: Buffer.from(readCertificationRequest(derOfRequest(pem)).publicKey),
      format: 'der',
      type: 'spki',
    });
  const first = await requestCertificate(folder);
  expect((await readdir(folder)).toSorted()).toEqual(['key.pem']);
  const again = await requestCertificate(folder);
  expect(keyOf(again).equals(keyOf(first))).toBe(true);
  await acceptCertificate(folder, await authority.answer(again));
  expect((await readdir(folder)).toSorted()).toEqual([
    'certificate.pem',
    'issuing.pem',
    'key.pem',
    'trust-root.pem',
  ]);
});

it('takes no certificate for another key, and no chain without a root', async () => {
  const folder = join(root, 'refusing');
  const request = await requestCertificate(folder);
  const foreign = await authority.answer(await requestCertificate(join(root, 'other')));
  await expect(acceptCertificate(folder, foreign)).rejects.toThrow('not for the key of the agency');
  const answer = await authority.answer(request);
  const rootless = answer.replace(certificateToPem(authority.root.der), '');
  await expect(acceptCertificate(folder, rootless)).rejects.toThrow('do not end with a root');
  await expect(acceptCertificate(folder, 'nonsense')).rejects.toThrow('no certificates');
  expect((await readdir(folder)).toSorted()).toEqual(['key.pem']);
});

it('reads the trusted root as PEM or DER from elsewhere', async () => {
  const { folder, remove } = await createKeyFolder(authority);
  const der = join(root, 'root.der');
  const pem = join(root, 'root.pem');
  await writeFile(der, authority.root.der);
  await writeFile(pem, certificateToPem(authority.root.der));
  for (const trustRoot of [der, pem]) {
    const { trustAnchor } = await loadAgencyKey({ folder, trustRoot, now });
    expect(trustAnchor.sha256).toBe(authority.root.sha256);
  }
  await remove();
});

it('refuses a certificate of another key, of another role, and one that expired', async () => {
  const { folder, remove } = await createKeyFolder(authority);
  const certificate = join(folder, 'certificate.pem');
  const own = await readFile(certificate, 'utf8');
  const load = (at = now): Promise<unknown> => loadAgencyKey({ folder, trustRoot: null, now: at });
  await expect(load(now.add({ hours: 25 }))).rejects.toThrow('expired');
  const { certificate: heads } = await authority.officer('head', '01201201210012');
  await writeFile(certificate, certificateToPem(heads.der));
  await expect(load()).rejects.toThrow('belongs to another key');
  await writeFile(certificate, own);
  const others = join(root, 'officer');
  await acceptCertificate(others, await authority.answer(await requestCertificate(others), 'head'));
  await expect(loadAgencyKey({ folder: others, trustRoot: null, now })).rejects.toThrow('is not an agency');
  await expect(load()).resolves.toBeDefined();
  await remove();
});
