import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { MalformedError } from '../malformed-error.ts';
import { createTestIssuer, type Held, type TestIssuer } from '../revocation/testing/issuer.ts';
import { SIGNED_AT } from '../testing/demo-authority.ts';
import { createVerificationCache } from '../verify/verification-cache.ts';
import { assembleTimestamp, prepareTimestamp } from './prepare-timestamp.ts';
import { readTimestampToken } from './read-timestamp-token.ts';
import {
  asInteger,
  readTimestampRequest,
  timestampRequestOver,
  writeTimestampRequest,
  TIMESTAMP_FAILURES,
  type TimestampFailure,
  type TimestampRequest,
} from './timestamp-request.ts';
import { readTimestampResponse, writeTimestampRefusal } from './timestamp-response.ts';
import { verifyTimestampToken } from './verify-timestamp-token.ts';

const DATA = Buffer.from('value of a signature');

let issuer: TestIssuer;
let authority: Held;

beforeAll(async () => {
  issuer = await createTestIssuer();
  authority = await issuer.issue('timestamp');
});

const oid = fc
  .tuple(fc.nat(2), fc.nat(39), fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }))
  .map(([first, second, rest]) => [first, second, ...rest].join('.'));

const request: fc.Arbitrary<TimestampRequest> = fc.record({
  digestOid: oid,
  digest: fc.uint8Array({ maxLength: 64 }).map((bytes) => new Uint8Array(bytes)),
  nonce: fc.option(
    fc.uint8Array({ minLength: 1, maxLength: 64 }).map((bytes) => asInteger(new Uint8Array(bytes))),
    { nil: undefined },
  ),
  policy: fc.option(oid, { nil: undefined }),
  certificateRequested: fc.boolean(),
});

const stamp = async (asked: TimestampRequest, genTime = SIGNED_AT, accuracyMs = 1): Promise<Uint8Array> => {
  const prepared = prepareTimestamp({
    request: asked,
    genTime,
    serial: Uint8Array.of(0, 0x80, 7),
    policy: '1.2.3',
    accuracyMs,
    certificate: authority.certificate,
    chain: [issuer.certificate],
  });
  return assembleTimestamp(prepared, await signBytes(authority.privateKey, prepared.toBeSigned));
};

describe('written and read back', () => {
  it('a request is what was asked', () => {
    fc.assert(
      fc.property(request, (asked) => {
        expect(readTimestampRequest(writeTimestampRequest(asked))).toEqual({ ...asked, extensions: [] });
      }),
    );
  });

  it('a token is what was stamped', async () => {
    const time = fc
      .integer({ min: 0, max: 253_402_300_799_999 })
      .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));
    await fc.assert(
      fc.asyncProperty(
        request,
        time,
        fc.integer({ min: 1, max: 100_000 }),
        async (asked, genTime, accuracyMs) => {
          const token = readTimestampToken(await stamp(asked, genTime, accuracyMs));
          const { digestOid, digest, nonce } = asked;
          expect(token).toMatchObject({ digestOid, digest, accuracyMs, policy: '1.2.3', serial: '008007' });
          expect(token.nonce).toEqual(nonce);
          expect(token.genTime.equals(genTime)).toBe(true);
          expect(token.certificates).toHaveLength(asked.certificateRequested ? 2 : 0);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('a refusal is what was refused', () => {
    const isFailure = (name: string): name is TimestampFailure => name in TIMESTAMP_FAILURES;
    for (const failure of Object.keys(TIMESTAMP_FAILURES).filter(isFailure)) {
      expect(readTimestampResponse(writeTimestampRefusal(failure))).toEqual({
        granted: false,
        failure,
        text: null,
      });
    }
  });
});

it('believes no token of which a byte was altered', async () => {
  const token = await stamp(timestampRequestOver({ data: DATA, nonce: Uint8Array.of(1, 2, 3) }));
  const cache = createVerificationCache();
  const isBelieved = async (der: Uint8Array): Promise<boolean> => {
    const verdict = await verifyTimestampToken({
      token: der,
      digestOf: DATA,
      trustAnchors: [issuer.root.certificate],
      intermediates: [issuer.certificate],
      cache,
    });
    return verdict.ok;
  };
  expect(await isBelieved(token)).toBe(true);
  for (let index = 0; index < token.length; index += 1) {
    const altered = Uint8Array.from(token);
    altered[index] = (token[index] ?? 0) ^ 1;
    expect(await isBelieved(altered)).toBe(false);
  }
}, 30_000);

it('reads bytes of any kind or calls them malformed', () => {
  const readers = [readTimestampRequest, readTimestampResponse, readTimestampToken];
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...readers), (bytes, read) => {
      try {
        read(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedError);
      }
    }),
  );
});
