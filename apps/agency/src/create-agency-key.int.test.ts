import { certificateToPem } from '@sochi/signature';
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAgencyKey } from './create-agency-key.ts';
import { loadAgencyKey } from './signing-key.ts';
import { belongs, createKeyFolder, createTestAuthority, type TestAuthority } from './test/authority.ts';

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

it('leaves a complete folder as it is, and completes one that a crash left half-made', async () => {
  const folder = join(root, 'half');
  const issue = async (spki: Uint8Array) => ({
    certificate: (await authority.certify('agency', spki)).der,
    chain: [authority.issuing.der],
  });
  const crash = (): Promise<boolean> =>
    createAgencyKey(folder, () => Promise.reject(new Error('the authority is away')));
  await expect(crash()).rejects.toThrow('away');
  expect(await createAgencyKey(folder, issue)).toBe(true);
  const before = await readFile(join(folder, 'key.pem'), 'utf8');
  expect(await createAgencyKey(folder, issue)).toBe(false);
  expect(await readFile(join(folder, 'key.pem'), 'utf8')).toBe(before);
  expect((await readdir(folder)).toSorted()).toEqual(['certificate.pem', 'issuing.pem', 'key.pem']);
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
  await createAgencyKey(others, async (spki) => ({
    certificate: (await authority.certify('head', spki)).der,
    chain: [authority.issuing.der],
  }));
  const trustRoot = join(folder, 'trust-root.pem');
  await expect(loadAgencyKey({ folder: others, trustRoot, now })).rejects.toThrow('is not an agency');
  await expect(load()).resolves.toBeDefined();
  await remove();
});
