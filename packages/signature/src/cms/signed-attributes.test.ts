import { expect, it } from 'vitest';
import { readDer, childrenOf, rawOf } from '../der/read-der.ts';
import { TAG } from '../der/tags.ts';
import { derOid, derSequence, derSetOf, derValue } from '../der/write-der.ts';
import { derUtf8String } from '../der/write-values.ts';
import { createDemoAuthority, SIGNED_AT } from '../testing/demo-authority.ts';
import { OID } from '../oids.ts';
import { namesCertificate, readSignedAttributes, writeSignedAttributes } from './signed-attributes.ts';

const authority = await createDemoAuthority();
const contentDigest = new Uint8Array(32).fill(7);
const written = writeSignedAttributes({ contentDigest, certificate: authority.root, signingTime: SIGNED_AT });
const attributes = childrenOf(readDer(written)).map(rawOf);
const isOf = (oid: string, attribute: Uint8Array) => Buffer.from(attribute).includes(derOid(oid));
const read = (values: readonly Uint8Array[]) =>
  readSignedAttributes(readDer(derValue(TAG.context0Constructed, ...values)), OID.data);

it('reads back what was written', () => {
  const { messageDigest, signingTime, signingCertificate } = read(attributes);
  expect(Buffer.from(messageDigest)).toEqual(Buffer.from(contentDigest));
  expect(signingTime?.equals(SIGNED_AT)).toBe(true);
  expect(signingCertificate && namesCertificate(signingCertificate, authority.root)).toBe(true);
  expect(signingCertificate && namesCertificate(signingCertificate, authority.intermediate)).toBe(false);
});

it('refuses attributes out of order, twice, or without a digest', () => {
  expect(() => read(attributes.toReversed())).toThrow('signed_attributes_not_sorted');
  expect(() => read(attributes.flatMap((one) => [one, one]))).toThrow('signed_attribute_twice');
  expect(() => read(attributes.slice(0, 1))).toThrow('malformed');
});

it('refuses an attribute of an unknown kind beside data, and takes it in a timestamp', () => {
  const unknown = derSequence(derOid('1.3.6.1.4.1.32473.9'), derSetOf([derUtf8String('x')]));
  expect(() => read([...attributes, unknown].toSorted(Buffer.compare))).toThrow('signed_attribute_unknown');
  const contentType = derSequence(derOid(OID.contentType), derSetOf([derOid(OID.timestampInfo)]));
  const stamped = [...attributes.filter((one) => !isOf(OID.contentType, one)), contentType, unknown];
  const set = readDer(derValue(TAG.context0Constructed, ...stamped.toSorted(Buffer.compare)));
  expect(readSignedAttributes(set, OID.timestampInfo).messageDigest).toHaveLength(32);
});

it.each(['x\ny', '\0', '\x7f', '\x1b[2J'])('refuses a text with control characters: %j', (text) => {
  const capabilities = derSequence(
    derOid(OID.smimeCapabilities),
    derSetOf([derSequence(derSequence(derUtf8String(text)))]),
  );
  expect(() => read([...attributes, capabilities].toSorted(Buffer.compare))).toThrow(
    'signed_attribute_control_character',
  );
});

it('takes the attributes that openssl and other programs add', () => {
  const others = [OID.smimeCapabilities, OID.algorithmProtection].map((oid) =>
    derSequence(derOid(oid), derSetOf([derSequence(derOid(OID.sha256))])),
  );
  expect(read([...attributes, ...others].toSorted(Buffer.compare)).claimedRole).toBeUndefined();
});

it('carries a claimed role, and refuses one that is not plain ASCII', () => {
  const claimedRole = `delegation:${'a'.repeat(64)};delegate:${'b'.repeat(64)}`;
  const input = { contentDigest, certificate: authority.root, signingTime: SIGNED_AT };
  const claiming = childrenOf(readDer(writeSignedAttributes({ ...input, claimedRole }))).map(rawOf);
  expect(read(claiming).claimedRole).toBe(claimedRole);
  expect(read(attributes).claimedRole).toBeUndefined();
  for (const role of ['', 'с кириллицей', 'two words', 'x'.repeat(1025)])
    expect(() => writeSignedAttributes({ ...input, claimedRole: role })).toThrow('bad_role');
});
