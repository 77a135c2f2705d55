import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { MalformedError } from '../malformed-error.ts';
import { asBer } from '../testing/as-ber.ts';
import { withAttributesReversed, withContentInside, withSignersReversed } from '../testing/damaged-cms.ts';
import { createDemoAuthority, SIGNED_AT } from '../testing/demo-authority.ts';
import { derOid, derSequence, derValue } from '../der/write-der.ts';
import { verifySignedData } from '../verify/verify-signed-data.ts';
import { normaliseCms } from './normalise-cms.ts';
import { signDetached } from './sign-detached.ts';

const CONTENT = Buffer.from('отчёт');
const authority = await createDemoAuthority();
let cms: Uint8Array;

beforeAll(async () => {
  const signing = { content: CONTENT, signingTime: SIGNED_AT, certificates: [authority.intermediate] };
  const one = await signDetached({ ...signing, ...(await authority.issue({ profile: 'head' })) });
  cms = await signDetached({ ...signing, ...(await authority.issue({ profile: 'accountant' })), addTo: one });
});

const malformed = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof MalformedError) return error.code;
    throw error;
  }
  return 'none';
};

it('gives DER back as the very same bytes', () => {
  expect(normaliseCms(cms)).toBe(cms);
});

it('makes DER of the same signatures, however BER wrote them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(1000), { minLength: 1, maxLength: 50 }), async (choices) => {
      let index = 0;
      const ber = asBer(cms, () => choices[(index += 1) % choices.length] ?? 0);
      const der = normaliseCms(ber);
      expect(Buffer.from(der).equals(cms)).toBe(true);
      expect(normaliseCms(der)).toBe(der);
    }),
    { numRuns: 300 },
  );
  const report = await verifySignedData({
    cms: normaliseCms(asBer(cms, () => 0)),
    content: CONTENT,
    trustAnchors: [authority.root],
    at: SIGNED_AT,
  });
  expect(report.indication).toBe('TOTAL-PASSED');
});

it('puts signed attributes and signers back into the order they were signed in', () => {
  for (const disordered of [withAttributesReversed(cms), withSignersReversed(cms)]) {
    expect(Buffer.from(disordered).equals(cms)).toBe(false);
    expect(Buffer.from(normaliseCms(disordered)).equals(cms)).toBe(true);
  }
});

it('leaves out a copy of the content', () => {
  expect(Buffer.from(normaliseCms(withContentInside(cms, CONTENT))).equals(cms)).toBe(true);
});

it('refuses what is too deep, too long, cut off or something else, and throws nothing but MalformedError', () => {
  const nested = Buffer.concat([Buffer.alloc(4000, Buffer.of(0x30, 0x80)), Buffer.alloc(4000)]);
  expect(malformed(() => normaliseCms(nested))).toBe('ber_too_deep');
  expect(malformed(() => normaliseCms(Buffer.alloc(5_000_000, 0x30)))).toBe('ber_too_long');
  const wide = derSequence(Buffer.alloc(200_000, Buffer.of(5, 0)));
  expect(malformed(() => normaliseCms(wide))).toBe('ber_too_many');
  expect(malformed(() => normaliseCms(cms.subarray(0, -1)))).toBe('ber_truncated');
  expect(malformed(() => normaliseCms(Buffer.concat([cms, Buffer.of(0)])))).toBe('ber_trailing_bytes');
  expect(malformed(() => normaliseCms(derSequence(derOid('1.2.3'), derValue(0xa0))))).toBe('not_signed_data');
  const ber = asBer(cms, () => 0);
  const damage = fc.record({ at: fc.nat(ber.length - 1), by: fc.integer({ min: 1, max: 255 }) });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), (damages) => {
      const bytes = Uint8Array.from(ber);
      for (const { at, by } of damages) bytes[at] = (bytes[at] ?? 0) ^ by;
      expect(malformed(() => normaliseCms(bytes))).toBeTypeOf('string');
    }),
    { numRuns: 2000 },
  );
});
