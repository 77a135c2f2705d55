import { beforeAll, expect, it } from 'vitest';
import { derOctetString, derSequence } from '../der/write-der.ts';
import { createDemoAuthority, SIGNED_AT, type Signer } from '../testing/demo-authority.ts';
import { signDetached } from './sign-detached.ts';
import { readSignedData } from './signed-data.ts';
import { addTimestamp, addTimestamps, signatureValues } from './timestamps.ts';

const CONTENT = Buffer.from('отчёт');
// Whether a token is one is for verification to say.
const token = (byte: number) => derSequence(derOctetString(new Uint8Array(300).fill(byte)));

let head: Signer;
let accountant: Signer;
let cms: Uint8Array;

const sign = (signer: Signer, addTo?: Uint8Array) =>
  signDetached({ content: CONTENT, ...signer, signingTime: SIGNED_AT, ...(addTo && { addTo }) });

beforeAll(async () => {
  const authority = await createDemoAuthority();
  head = await authority.issue({ profile: 'head' });
  accountant = await authority.issue({ profile: 'accountant' });
  cms = await sign(accountant, await sign(head));
});

const tokensBySignature = (bytes: Uint8Array) =>
  new Map(
    readSignedData(bytes).signerInfos.map(({ signature, unsigned }) => [
      Buffer.from(signature).toString('hex'),
      unsigned.timestampTokens,
    ]),
  );
const nameOf = (signature: Uint8Array | undefined) => Buffer.from(signature ?? []).toString('hex');

it('puts each token beside the signature it is for and changes nothing else', () => {
  const [first, second] = signatureValues(cms);
  const stamped = addTimestamps(cms, [token(1), token(2)]);
  expect(tokensBySignature(stamped)).toEqual(
    new Map([
      [nameOf(first), [token(1)]],
      [nameOf(second), [token(2)]],
    ]),
  );
  const [before, after] = [readSignedData(cms), readSignedData(stamped)];
  expect(after.certificates).toEqual(before.certificates);
  expect(after.digestAlgorithms).toEqual(before.digestAlgorithms);
  for (const { toBeSigned } of before.signerInfos)
    expect(after.signerInfos.map((info) => info.toBeSigned)).toContainEqual(toBeSigned);
});

it('leaves the other signer byte for byte, and takes a second token', () => {
  const [first, second] = readSignedData(cms).signerInfos;
  const stamped = addTimestamp(cms, 0, token(1));
  expect(readSignedData(stamped).signerInfos.map(({ raw }) => raw)).toContainEqual(second?.raw);
  const place = signatureValues(stamped).findIndex((one) => nameOf(one) === nameOf(first?.signature));
  expect(tokensBySignature(addTimestamp(stamped, place, token(2))).get(nameOf(first?.signature))).toEqual([
    token(1),
    token(2),
  ]);
});

it('lets a signer join those who have timestamps already', async () => {
  const stamped = addTimestamp(await sign(head), 0, token(1));
  const [before] = readSignedData(stamped).signerInfos;
  const joined = await sign(accountant, stamped);
  expect(readSignedData(joined).signerInfos.map(({ raw }) => raw)).toContainEqual(before?.raw);
  expect(
    [...tokensBySignature(joined).values()]
      .map((tokens) => tokens.length)
      .toSorted((left, right) => left - right),
  ).toEqual([0, 1]);
});

it('refuses a token for a signer that is not there', () => {
  expect(() => addTimestamp(cms, 2, token(1))).toThrow('no_such_signer');
});
