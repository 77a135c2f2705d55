import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { readCertificate } from '../certificate/certificate.ts';
import { createTestIssuer, type TestIssuer } from '../revocation/testing/issuer.ts';
import { VALID_FROM, VALID_UNTIL } from '../testing/demo-authority.ts';
import { generateKeyPair, generateP256KeyPair } from './generate-key-pair.ts';
import { assembleCertificate, prepareCertificate, type CertificateOrder } from './prepare-certificate.ts';

let issuer: TestIssuer;
let publicKey: Uint8Array;

beforeAll(async () => {
  issuer = await createTestIssuer();
  ({ publicKey } = await generateP256KeyPair());
});

const order = (more: Partial<CertificateOrder> = {}): CertificateOrder => ({
  profile: 'head',
  subject: { commonName: 'Асанов Асан' },
  publicKey,
  notBefore: VALID_FROM,
  notAfter: VALID_UNTIL,
  issuer: issuer.certificate,
  ...more,
});

const issue = async (wanted: CertificateOrder) => {
  const prepared = prepareCertificate(wanted);
  return readCertificate(
    assembleCertificate(prepared, await signBytes(issuer.privateKey, prepared.toBeSigned)),
  );
};

const code = (more: Partial<CertificateOrder>): string => {
  try {
    prepareCertificate(order(more));
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'another error';
  }
};

describe('prepareCertificate', () => {
  it('cuts times to the second and writes serials as positive numbers', async () => {
    const certificate = await issue(
      order({
        notBefore: VALID_FROM.add({ milliseconds: 999 }),
        notAfter: Temporal.Instant.from('2050-01-01T00:00:00.5Z'),
        serial: Uint8Array.of(0, 0, 0x80, 1),
      }),
    );
    expect(certificate.notBefore.equals(VALID_FROM)).toBe(true);
    expect(certificate.notAfter.toString()).toBe('2050-01-01T00:00:00Z');
    expect(certificate.serial).toBe('008001');
  });

  it('names the keys of subject and issuer', async () => {
    const certificate = await issue(order());
    expect(certificate.subjectKeyIdentifier).toHaveLength(20);
    expect(certificate.subjectKeyIdentifier).not.toEqual(issuer.certificate.subjectKeyIdentifier);
    expect(Buffer.from(certificate.tbs).includes(issuer.certificate.subjectKeyIdentifier ?? 'none')).toBe(
      true,
    );
  });

  it.each([
    ['an empty name', { subject: { commonName: '' } }, 'empty_name'],
    ['a name of two lines', { subject: { commonName: 'A\nB' } }, 'control_character'],
    ['a company with a tab', { subject: { commonName: 'A', organizationName: '\t' } }, 'control_character'],
    ['an end before the beginning', { notBefore: VALID_UNTIL, notAfter: VALID_FROM }, 'empty_validity'],
    ['the serial 0', { serial: Uint8Array.of(0, 0) }, 'bad_serial'],
    ['a serial of 21 bytes', { serial: new Uint8Array(21).fill(1) }, 'bad_serial'],
    ['an address with a letter beyond ASCII', { locations: { crl: 'http://пки.kg/a' } }, 'bad_location'],
    ['an address of another kind', { locations: { ocsp: 'ldap://pki.kg/a' } }, 'bad_location'],
    ['bytes that are no key', { publicKey: Uint8Array.of(0x30, 0) }, 'key_unreadable'],
  ] satisfies [string, Partial<CertificateOrder>, string][])('refuses %s', (_what, more, expected) => {
    expect(code(more)).toBe(expected);
  });

  it('certifies keys the registry takes, and no others', async () => {
    for (const kind of ['ecdsa-p384', 'rsa-2048'] as const) {
      const keys = await generateKeyPair(kind);
      const certificate = await issue(order({ publicKey: keys.publicKey }));
      expect(Buffer.from(certificate.spki)).toEqual(Buffer.from(keys.publicKey));
    }
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const other = generateKeyPairSync('ed25519').publicKey;
    for (const key of [weak, other])
      expect(code({ publicKey: key.export({ type: 'spki', format: 'der' }) })).toBe('unsupported_key');
  });
});
