import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { readDer, rawOf } from '../der/read-der.ts';
import {
  createDemoAuthority,
  SIGNED_AT,
  type DemoAuthority,
  type Signer,
} from '../testing/demo-authority.ts';
import { assembleSignedData } from './assemble.ts';
import { prepareSigner } from './prepare-signer.ts';
import { signDetached } from './sign-detached.ts';
import { readSignedData } from './signed-data.ts';

const CONTENT = Buffer.from('отчёт');

let authority: DemoAuthority;
let head: Signer;
let accountant: Signer;

beforeAll(async () => {
  authority = await createDemoAuthority();
  head = await authority.issue({ profile: 'head' });
  accountant = await authority.issue({ profile: 'accountant' });
});

const sign = (signer: Signer, more: { readonly addTo?: Uint8Array; readonly content?: Uint8Array } = {}) =>
  signDetached({
    content: CONTENT,
    ...signer,
    signingTime: SIGNED_AT,
    certificates: [authority.intermediate],
    ...more,
  });

it('carries everything over byte for byte, in whichever order the signers come', async () => {
  for (const [first, second] of [[head, accountant] as const, [accountant, head] as const]) {
    const cms = await sign(first);
    const before = readSignedData(cms);
    const after = readSignedData(await sign(second, { addTo: cms }));
    expect(after.signerInfos).toHaveLength(2);
    for (const { raw } of before.signerInfos)
      expect(after.signerInfos.map((info) => info.raw)).toContainEqual(raw);
    for (const der of before.certificates) expect(after.certificates).toContainEqual(der);
    expect(after.certificates).toHaveLength(3);
    expect(after.signerInfos.map(({ raw }) => raw)).toEqual(
      after.signerInfos.map(({ raw }) => raw).toSorted(Buffer.compare),
    );
  }
});

it('takes the signature from whoever holds the key', async () => {
  const contentSha256 = createHash('sha256').update(CONTENT).digest();
  const prepared = prepareSigner({ contentSha256, certificate: head.certificate, signingTime: SIGNED_AT });
  const signature = await signBytes(head.privateKey, prepared.toBeSigned);
  const [info] = readSignedData(assembleSignedData({ prepared, signature, certificates: [] })).signerInfos;
  expect(info?.toBeSigned).toEqual(prepared.toBeSigned);
  expect(info?.attributes.signingTime?.equals(SIGNED_AT)).toBe(true);
  expect(rawOf(readDer(prepared.toBeSigned))[0]).toBe(0x31);
});

it('refuses the same certificate twice, other content, and a digest that is none', async () => {
  const cms = await sign(head);
  await expect(sign(head, { addTo: cms })).rejects.toMatchObject({ code: 'duplicate_signer' });
  await expect(sign(accountant, { addTo: cms, content: Buffer.from('x') })).rejects.toMatchObject({
    code: 'other_content',
  });
  await expect(sign(accountant, { addTo: cms.subarray(1) })).rejects.toThrow('malformed');
  const contentSha256 = new Uint8Array(31);
  const prepare = () =>
    prepareSigner({ contentSha256, certificate: head.certificate, signingTime: SIGNED_AT });
  expect(prepare).toThrow('bad_digest');
});
