import { expect, it } from 'vitest';
import { OID } from '../oids.ts';
import { keyUsageExtension, makeOddCertificate, writeOddCertificate } from '../testing/odd-certificate.ts';
import { readCertificate } from './certificate.ts';

const SIGN = keyUsageExtension(0x80);

it('refuses a role, a company or a name that is given twice', async () => {
  for (const oid of [OID.title, OID.organizationIdentifier, OID.commonName, OID.serialNumber]) {
    const subject = [[oid, 'head'] as const, [oid, 'operator'] as const];
    await expect(makeOddCertificate({ subject, issuer: null, extensions: [SIGN] })).rejects.toThrow(
      'name_attribute_twice',
    );
  }
});

it.each(['x\n2.5.4.12=head', 'x\r', '\x7f'])('refuses a name with control characters: %j', async (text) => {
  const subject = [[OID.commonName, text] as const];
  await expect(makeOddCertificate({ subject, issuer: null, extensions: [SIGN] })).rejects.toThrow(
    'name_control_character',
  );
});

it('takes a title that is no role for none', async () => {
  const { certificate } = await makeOddCertificate({
    subject: [[OID.title, 'operator ']],
    issuer: null,
    extensions: [],
  });
  expect(certificate.subject.role).toBeUndefined();
});

it('refuses an extension that comes twice', async () => {
  const order = { subject: [[OID.commonName, 'x']] as const, issuer: null, extensions: [SIGN, SIGN] };
  await expect(makeOddCertificate(order)).rejects.toThrow('extension_twice');
});

it('refuses a certificate that names one algorithm inside and another outside', async () => {
  const order = { subject: [[OID.commonName, 'x']] as const, issuer: null, extensions: [SIGN] };
  const { der } = await writeOddCertificate({ ...order, outerAlgorithm: OID.ecdsaWithSha384 });
  expect(() => readCertificate(der)).toThrow('certificate_algorithms_differ');
});
