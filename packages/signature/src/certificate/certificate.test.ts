import { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  COMPANY_INN,
  createDemoAuthority,
  VALID_FROM,
  VALID_UNTIL,
  type DemoAuthority,
  type Signer,
} from '../testing/demo-authority.ts';
import { readCertificate } from './certificate.ts';
import { certificatesFromPem, certificateToPem } from './pem.ts';

let authority: DemoAuthority;
let head: Signer;

beforeAll(async () => {
  authority = await createDemoAuthority();
  head = await authority.issue({ profile: 'head' });
});

describe('readCertificate', () => {
  it('agrees with what was ordered and with node:crypto', () => {
    const { certificate } = head;
    const node = new X509Certificate(certificate.der);
    expect(certificate.subject).toEqual({
      commonName: 'Test head',
      organizationName: 'ОсОО «Ала-Тоо»',
      companyInn: COMPANY_INN,
      role: 'head',
      personalInn: '20101199000017',
    });
    expect(certificate.notBefore.equals(VALID_FROM) && certificate.notAfter.equals(VALID_UNTIL)).toBe(true);
    expect(certificate.sha256).toBe(node.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(certificate.serial.toUpperCase()).toBe(node.serialNumber);
    expect(certificate.publicKey.equals(node.publicKey)).toBe(true);
    expect(certificate.publicKey).toBe(certificate.publicKey);
    expect(certificate).toMatchObject({ isCa: false, keyUsage: 0xc0, unknownCritical: [] });
    expect(authority.intermediate).toMatchObject({ isCa: true, pathLength: 0, keyUsage: 0x06 });
    expect(authority.root).toMatchObject({ isCa: true, pathLength: undefined });
  });

  it('gives each certificate a serial of 127 random bits', async () => {
    const other = await authority.issue({ profile: 'head' });
    expect(other.certificate.serial).toMatch(/^[4-7][0-9a-f]{31}$/);
    expect(other.certificate.serial).not.toBe(head.certificate.serial);
  });

  it('keeps its own copy of the bytes', () => {
    const der = Uint8Array.from(head.certificate.der);
    const read = readCertificate(der);
    der.fill(0);
    expect(read.der).toEqual(head.certificate.der);
  });

  it('refuses trailing bytes and a missing end', () => {
    const { der } = head.certificate;
    expect(() => readCertificate(Buffer.concat([der, Buffer.of(0)]))).toThrow('der_trailing_bytes');
    expect(() => readCertificate(der.subarray(0, -1))).toThrow('der_truncated');
  });
});

describe('PEM', () => {
  it('holds any number of certificates', () => {
    const ders = [authority.root.der, authority.intermediate.der];
    const read = certificatesFromPem(ders.map(certificateToPem).join(''));
    expect(read.map((der) => readCertificate(der).sha256)).toEqual([
      authority.root.sha256,
      authority.intermediate.sha256,
    ]);
  });

  it('and nothing else', () => {
    const pem = certificateToPem(authority.root.der);
    for (const altered of [
      `note\n${pem}`,
      `${pem}\n`,
      pem.replaceAll('\n', '\r\n'),
      pem.replaceAll('CERT', 'X509 CERT'),
      'x',
    ]) {
      expect(() => certificatesFromPem(altered)).toThrow('pem_malformed');
    }
  });
});
