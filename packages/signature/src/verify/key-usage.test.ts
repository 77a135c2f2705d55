import { expect, it } from 'vitest';
import { derOid, derSequence } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { keyUsageExtension, makeOddCertificate, type OddExtension } from '../testing/odd-certificate.ts';
import { keyUsageProblem } from './key-usage.ts';

const purposes = (...oids: readonly string[]): OddExtension => ({
  oid: OID.extendedKeyUsage,
  isCritical: true,
  value: derSequence(...oids.map(derOid)),
});

const problem = async (extensions: readonly OddExtension[]) => {
  const order = { subject: [[OID.commonName, 'leaf']] as const, issuer: null, extensions };
  return keyUsageProblem((await makeOddCertificate(order)).certificate);
};

it('takes keys that may sign or bind, and those that are not limited', async () => {
  expect(await problem([])).toBeNull();
  for (const bits of [0x80, 0x40, 0xc0]) expect(await problem([keyUsageExtension(bits)])).toBeNull();
  expect(await problem([purposes(OID.emailProtection)])).toBeNull();
  expect(await problem([purposes(OID.ocspSigning, OID.documentSigning)])).toBeNull();
});

it('refuses keys that are for something else', async () => {
  expect(await problem([keyUsageExtension(0x20)])).toBe('key_usage');
  for (const oid of [OID.timeStamping, OID.ocspSigning, '1.3.6.1.5.5.7.3.1'])
    expect(await problem([keyUsageExtension(0x80), purposes(oid)])).toBe('extended_key_usage');
});
