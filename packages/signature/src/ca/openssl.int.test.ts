import { execFileSync } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '../certificate/certificate.ts';
import { certificateToPem } from '../certificate/pem.ts';
import { SIGNED_AT, VALID_FROM, VALID_UNTIL } from '../testing/demo-authority.ts';
import { CERTIFICATE_PROFILES } from './certificate-profiles.ts';
import { readCertificationRequest, verifyCertificationRequest } from './certification-request.ts';
import { generateP256KeyPair, type GeneratedKeyPair } from './generate-key-pair.ts';
import { createRootCertificate, issueCaCertificate, issueSignerCertificate } from './issue-certificate.ts';

const TERMS = { notBefore: VALID_FROM, notAfter: VALID_UNTIL };
const LOCATIONS = {
  crl: 'http://pki.example.kg/issuing.crl',
  ocsp: 'http://pki.example.kg/ocsp',
  issuerCertificate: 'http://pki.example.kg/issuing.crt',
};

let folder: string;
let root: Certificate;
let issuing: Certificate;
let issuingKeys: GeneratedKeyPair;

const file = (name: string) => join(folder, name);
const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
const save = (name: string, certificate: Certificate): string => {
  writeFileSync(file(name), certificateToPem(certificate.der));
  return file(name);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sochi-ca-'));
  const rootKeys = await generateP256KeyPair();
  issuingKeys = await generateP256KeyPair();
  const subject = { commonName: 'Корневой УЦ', organizationName: 'СОчИ' };
  root = await createRootCertificate({ ...TERMS, subject, privateKey: rootKeys.privateKey });
  issuing = await issueCaCertificate({
    ...TERMS,
    subject: { commonName: 'Выпускающий УЦ', organizationName: 'СОчИ' },
    publicKey: issuingKeys.publicKey,
    issuer: root,
    issuerKey: rootKeys.privateKey,
  });
  save('root.pem', root);
  save('issuing.pem', issuing);
});

afterAll(() => rmSync(folder, { recursive: true }));

const LEAVES = CERTIFICATE_PROFILES.filter((profile) => profile !== 'root' && profile !== 'issuing');

const issueLeaf = (profile: (typeof LEAVES)[number], publicKey: Uint8Array) =>
  issueSignerCertificate({
    ...TERMS,
    profile,
    subject: { commonName: 'Асанов Асан', organizationName: 'ОсОО «Ала-Тоо»', companyInn: '01234567890123' },
    publicKey,
    issuer: issuing,
    issuerKey: issuingKeys.privateKey,
    locations: LOCATIONS,
  });

const verify = (name: string, ...more: readonly string[]): string =>
  openssl(
    'verify',
    '-x509_strict',
    '-attime',
    String(SIGNED_AT.epochMilliseconds / 1000),
    '-CAfile',
    file('root.pem'),
    '-untrusted',
    file('issuing.pem'),
    ...more,
    file(name),
  );

describe('certificates', () => {
  it.each(LEAVES)('for %s verify and say what their profile says', async (profile) => {
    const { publicKey } = await generateP256KeyPair();
    const certificate = await issueLeaf(profile, publicKey);
    save('leaf.pem', certificate);
    expect(verify('leaf.pem')).toContain('OK');
    const text = openssl(
      'x509',
      '-in',
      file('leaf.pem'),
      '-noout',
      '-text',
      '-nameopt',
      'utf8,sep_multiline',
    );
    expect(text).toContain('CN=Асанов Асан');
    const tree = openssl('asn1parse', '-in', file('leaf.pem'));
    expect(tree.match(/OBJECT +:X509v3 [^\n]*\n[^\n]*BOOLEAN +:255/g)).toHaveLength(
      profile === 'timestamp' ? 3 : 2,
    );
    expect(text).toContain(`URI:${LOCATIONS.crl}`);
    expect(text).toContain(`OCSP - URI:${LOCATIONS.ocsp}`);
    expect(text).toContain(`CA Issuers - URI:${LOCATIONS.issuerCertificate}`);
    expect(text.includes('X509v3 Extended Key Usage: critical\n                Time Stamping')).toBe(
      profile === 'timestamp',
    );
    expect(text.includes('OCSP Signing')).toBe(profile === 'ocsp');
    expect(text.includes('OCSP No Check')).toBe(profile === 'ocsp');
    expect(text.includes(`title=${profile}`)).toBe(!['timestamp', 'ocsp'].includes(profile));
    expect(certificate).toMatchObject({
      crlLocations: [LOCATIONS.crl],
      ocspLocations: [LOCATIONS.ocsp],
      issuerLocations: [LOCATIONS.issuerCertificate],
      isOcspNoCheck: profile === 'ocsp',
      unknownCritical: [],
    });
  });

  it('serve the purpose they are made for', async () => {
    const { publicKey } = await generateP256KeyPair();
    save('tsa.pem', await issueLeaf('timestamp', publicKey));
    save('ocsp.pem', await issueLeaf('ocsp', publicKey));
    expect(verify('tsa.pem', '-purpose', 'timestampsign')).toContain('OK');
    expect(verify('ocsp.pem', '-purpose', 'ocsphelper')).toContain('OK');
    expect(() => verify('ocsp.pem', '-purpose', 'timestampsign')).toThrow('unsuitable certificate purpose');
  });
});

describe('requests made by openssl', () => {
  const makeRequest = (keyArgs: readonly string[], extra = ''): Uint8Array => {
    writeFileSync(
      file('req.conf'),
      `[req]\nprompt=no\ndistinguished_name=dn\nattributes=attrs\nstring_mask=utf8only\nutf8=yes\n${extra}
[dn]\nCN=Асанов Асан\nO=ОсОО «Ала-Тоо»\n[attrs]\nchallengePassword=secret12\nunstructuredName=Ala-Too
[ext]\nkeyUsage=digitalSignature\n`,
    );
    openssl('genpkey', ...keyArgs, '-out', file('req.key'));
    const config = ['-config', file('req.conf'), '-key', file('req.key')];
    openssl('req', '-new', ...config, '-outform', 'DER', '-out', file('req.der'));
    return readFileSync(file('req.der'));
  };
  const EC = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

  it.each([
    ['P-256', EC],
    ['RSA-2048', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048']],
  ])('prove possession with %s, whatever attributes stand there', async (_name, keyArgs) => {
    const request = readCertificationRequest(makeRequest(keyArgs, 'req_extensions=ext'));
    expect(request.subject).toMatchObject({ commonName: 'Асанов Асан', organizationName: 'ОсОО «Ала-Тоо»' });
    const key = createPublicKey(readFileSync(file('req.key')));
    expect(Buffer.from(request.publicKey)).toEqual(key.export({ type: 'spki', format: 'der' }));
    expect(await verifyCertificationRequest(request)).toEqual({ ok: true });
    const certificate = await issueLeaf('head', request.publicKey);
    save('leaf.pem', certificate);
    expect(verify('leaf.pem')).toContain('OK');
  });

  it('are refused when altered, weak or signed with SHA-1', async () => {
    const der = Uint8Array.from(makeRequest(EC));
    const at = Buffer.from(der).indexOf('Асанов');
    der[at + 1] = (der[at + 1] ?? 0) ^ 1;
    expect(await verifyCertificationRequest(readCertificationRequest(der))).toEqual({
      ok: false,
      reason: 'signature_wrong',
    });
    const weak = makeRequest(['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024']);
    expect(await verifyCertificationRequest(readCertificationRequest(weak))).toEqual({
      ok: false,
      reason: 'unsupported_key',
    });
    const sha1 = makeRequest(EC, 'default_md=sha1');
    expect(await verifyCertificationRequest(readCertificationRequest(sha1))).toEqual({
      ok: false,
      reason: 'weak_digest',
    });
  });
});
