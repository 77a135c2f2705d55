import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { readCertificate } from '../certificate/certificate.ts';
import { signDetached } from '../cms/sign-detached.ts';
import { MalformedError } from '../malformed-error.ts';
import {
  COMPANY_INN,
  createDemoAuthority,
  SIGNED_AT,
  type DemoAuthority,
} from '../testing/demo-authority.ts';
import { stampAll } from '../testing/stamp.ts';
import { createVerificationCache } from './verification-cache.ts';
import { verifySignedData } from './verify-signed-data.ts';

const CONTENT = Buffer.from('<REPORT><TIN>01234567890123</TIN></REPORT>');

let authority: DemoAuthority;
let cms: Uint8Array;

beforeAll(async () => {
  authority = await createDemoAuthority();
  const [head, accountant] = [
    await authority.issue({ profile: 'head' }),
    await authority.issue({ profile: 'accountant' }),
  ];
  const signing = { content: CONTENT, signingTime: SIGNED_AT, certificates: [authority.intermediate] };
  cms = await signDetached({ ...signing, ...accountant, addTo: await signDetached({ ...signing, ...head }) });
});

const verify = (input: { readonly cms: Uint8Array; readonly content: Uint8Array }) =>
  verifySignedData({
    ...input,
    trustAnchors: [authority.root],
    // Handed in beside the CMS too: damage to the carried copy must be seen all the same.
    intermediates: [authority.intermediate],
    at: SIGNED_AT,
    required: { roles: ['head', 'accountant'], companyInn: COMPANY_INN },
  });

const flipped = (bytes: Uint8Array, position: number, mask: number) => {
  const altered = Uint8Array.from(bytes);
  altered[position] = (altered[position] ?? 0) ^ mask;
  return altered;
};

it('never passes when a byte of the CMS is altered: every byte', async () => {
  expect((await verify({ cms, content: CONTENT })).indication).toBe('TOTAL-PASSED');
  const passed: number[] = [];
  for (let position = 0; position < cms.length; position += 1) {
    const mask = 1 + ((position * 37) % 255);
    const report = await verify({ cms: flipped(cms, position, mask), content: CONTENT });
    if (report.indication === 'TOTAL-PASSED') passed.push(position);
  }
  expect(passed).toEqual([]);
}, 60_000);

it('never passes when a byte of CMS or content is altered by any mask', async () => {
  const mask = fc.integer({ min: 1, max: 255 });
  const flips = fc.record({ position: fc.nat(cms.length + CONTENT.length - 1), mask });
  await fc.assert(
    fc.asyncProperty(flips, async ({ position, mask: by }) => {
      const inContent = position - cms.length;
      const report =
        inContent >= 0
          ? await verify({ cms, content: flipped(CONTENT, inContent, by) })
          : await verify({ cms: flipped(cms, position, by), content: CONTENT });
      expect(report.indication).not.toBe('TOTAL-PASSED');
    }),
    { numRuns: 1000 },
  );
}, 60_000);

it('never passes when a byte of a CMS with timestamps is altered by any mask', async () => {
  const authorityOfTime = await authority.issue({ profile: 'timestamp' });
  const stamping = { authority: authorityOfTime, chain: [authority.intermediate], genTime: SIGNED_AT };
  const stamped = await stampAll(cms, stamping);
  const trust = { trustAnchors: [authority.root], intermediates: [authority.intermediate] };
  const judge = (bytes: Uint8Array) =>
    verifySignedData({ cms: bytes, content: CONTENT, ...trust, at: SIGNED_AT, timestamps: trust });
  expect((await judge(stamped)).indication).toBe('TOTAL-PASSED');
  await fc.assert(
    fc.asyncProperty(fc.nat(stamped.length - 1), fc.integer({ min: 1, max: 255 }), async (position, mask) => {
      expect((await judge(flipped(stamped, position, mask))).indication).not.toBe('TOTAL-PASSED');
    }),
    { numRuns: 1500 },
  );
}, 60_000);

it('gives the same verdict with a cache that has seen the sound one', async () => {
  const cache = createVerificationCache();
  const input = { content: CONTENT, trustAnchors: [authority.root], at: SIGNED_AT, cache };
  expect((await verifySignedData({ ...input, cms })).indication).toBe('TOTAL-PASSED');
  await fc.assert(
    fc.asyncProperty(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), async (position, mask) => {
      const report = await verifySignedData({ ...input, cms: flipped(cms, position, mask) });
      expect(report.indication).not.toBe('TOTAL-PASSED');
    }),
    { numRuns: 300 },
  );
});

it('never throws nor hangs on bytes of any kind', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), async (bytes) => {
      expect((await verify({ cms: bytes, content: CONTENT })).indication).not.toBe('TOTAL-PASSED');
    }),
    { numRuns: 500 },
  );
});

it('never throws nor hangs on a CMS that was cut, spliced and overwritten', async () => {
  const damage = fc.record({
    from: fc.nat(cms.length),
    to: fc.nat(cms.length),
    insert: fc.uint8Array({ maxLength: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
      let bytes: Uint8Array = cms;
      for (const { from, to, insert } of damages) {
        bytes = Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(Math.max(from, to))]);
      }
      fc.pre(Buffer.compare(bytes, cms) !== 0);
      expect((await verify({ cms: bytes, content: CONTENT })).indication).not.toBe('TOTAL-PASSED');
    }),
    { numRuns: 500 },
  );
});

it('reads a damaged certificate or says MalformedError', () => {
  const { der } = authority.intermediate;
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (position, mask) => {
      try {
        expect(readCertificate(flipped(der, position, mask)).publicKey.type).toBe('public');
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
    { numRuns: 1000 },
  );
});
