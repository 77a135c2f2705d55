import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { MalformedError } from '../malformed-error.ts';
import { SIGNED_AT } from '../testing/demo-authority.ts';
import { newSerialNumber } from '../ca/serial-number.ts';
import { isCertIdOf, ocspCertId } from './ocsp-cert-id.ts';
import { readOcspRequest, writeOcspRequest } from './ocsp-request.ts';
import type { OcspStatus } from './prepare-ocsp-response.ts';
import { readCrl } from './read-crl.ts';
import { readOcspResponse } from './read-ocsp-response.ts';
import { revocationAt, type RevocationSources } from './revocation-at.ts';
import { REVOCATION_REASONS } from './revocation-reason.ts';
import {
  answerAbout,
  createTestIssuer,
  makeCrl,
  makeOcsp,
  type Held,
  type TestIssuer,
} from './testing/issuer.ts';

let issuer: TestIssuer;
let head: Held;
let responder: Held;

beforeAll(async () => {
  issuer = await createTestIssuer();
  [head, responder] = await Promise.all([issuer.issue('head'), issuer.issue('ocsp')]);
});

const instant = fc
  .integer({ min: 0, max: 253_402_300_799 })
  .map((second) => Temporal.Instant.fromEpochMilliseconds(second * 1000));
const revocation = fc.record({ revokedAt: instant, reason: fc.constantFrom(...REVOCATION_REASONS) });
const hexOf = (bytes: Uint8Array) => {
  const text = Buffer.from(bytes)
    .toString('hex')
    .replace(/^(?:00)+(?=..)/, '');
  return text >= '8' ? `00${text}` : text;
};

describe('written and read back', () => {
  it('a list is what was ordered', async () => {
    const serial = fc.uint8Array({ minLength: 1, maxLength: 20 }).map(hexOf);
    const entries = fc.uniqueArray(fc.tuple(serial, revocation), {
      selector: ([name]) => name,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(
        entries,
        fc.bigInt(0n, 1n << 150n),
        instant,
        instant,
        async (listed, number, from, to) => {
          const crl = await makeCrl(issuer.privateKey, {
            issuer: issuer.certificate,
            number,
            thisUpdate: from,
            nextUpdate: to,
            entries: listed.map(([name, entry]) => ({ serial: name, ...entry })),
          });
          expect(crl).toMatchObject({ number, size: listed.length, unknownCritical: [] });
          expect([crl.thisUpdate, crl.nextUpdate].map(String)).toEqual([from, to].map(String));
          for (const [name, entry] of listed) expect(crl.find(name)).toEqual(entry);
          expect(crl.find('0bad')).toBe(listed.find(([name]) => name === '0bad')?.[1]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('a question is what was asked', () => {
    fc.assert(
      fc.property(
        fc.option(fc.uint8Array({ minLength: 1, maxLength: 128 }), { nil: undefined }),
        fc.constantFrom('sha1' as const, 'sha256' as const),
        (nonce, hash) => {
          const { certificate } = head;
          const question = { certificate, issuer: issuer.certificate, hash };
          const read = readOcspRequest(
            writeOcspRequest({ ...question, ...(nonce === undefined ? {} : { nonce }) }),
          );
          expect(read.certIds).toEqual([ocspCertId(question)]);
          expect(read.certIds.every((id) => isCertIdOf(id, issuer.certificate))).toBe(true);
          expect(read.certIds.some((id) => isCertIdOf(id, issuer.root.certificate))).toBe(false);
          expect(read.nonce && Buffer.from(read.nonce)).toEqual(nonce && Buffer.from(nonce));
        },
      ),
    );
  });

  it('an answer is what was answered', async () => {
    const status = fc.oneof(fc.constantFrom('good' as const, 'unknown' as const), revocation);
    const times = fc.record({ thisUpdate: instant, nextUpdate: fc.option(instant, { nil: undefined }) });
    const answer = fc.tuple(status, times);
    const nonces = fc.option(fc.uint8Array({ minLength: 1, maxLength: 128 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 8 }), nonces, async (given, nonce) => {
        const answers = given.map(([one, when]) => ({
          certId: ocspCertId({ certificate: { serialRaw: newSerialNumber() }, issuer: issuer.certificate }),
          status: one,
          ...when,
        }));
        const read = await makeOcsp(responder.privateKey, {
          answers,
          producedAt: SIGNED_AT,
          nonce,
          certificate: responder.certificate,
          chain: [issuer.certificate],
          issuer: issuer.certificate,
        });
        if (read.refusal !== null) throw new Error('not an answer');
        expect(read.answers).toEqual(answers);
        expect(read.nonce && Buffer.from(read.nonce)).toEqual(nonce && Buffer.from(nonce));
        expect(read.certificates).toHaveLength(2);
      }),
      { numRuns: 50 },
    );
  });
});

describe('with any byte altered', () => {
  const verdictBy = (sources: Partial<RevocationSources>) =>
    revocationAt({
      certificate: head.certificate,
      issuer: issuer.certificate,
      at: SIGNED_AT,
      sources: { crls: [], ocspResponses: [], ...sources },
    });

  const spoiled = async (
    der: Uint8Array,
    judge: (altered: Uint8Array) => Promise<unknown>,
  ): Promise<number> => {
    const honest = await judge(der);
    let refused = 0;
    for (let index = 0; index < der.length; index += 1) {
      const altered = Uint8Array.from(der);
      altered[index] = (der[index] ?? 0) ^ 1;
      try {
        const verdict = await judge(altered);
        if (JSON.stringify(verdict) === JSON.stringify(honest)) continue;
        expect(verdict).toMatchObject({ status: 'unknown' });
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error;
      }
      refused += 1;
    }
    return refused;
  };

  const STATUS: OcspStatus = { revokedAt: SIGNED_AT, reason: 'keyCompromise' };
  const times = { thisUpdate: SIGNED_AT, nextUpdate: SIGNED_AT.add({ hours: 1 }) };

  it('a list is refused or says nothing', async () => {
    const crl = await makeCrl(issuer.privateKey, {
      issuer: issuer.certificate,
      number: 7,
      ...times,
      entries: [{ serial: head.certificate.serial, ...STATUS }],
    });
    const refused = await spoiled(crl.der, (der) => verdictBy({ crls: [readCrl(der)] }));
    expect(refused).toBe(crl.der.length);
  });

  it('an answer is refused or says nothing', async () => {
    for (const by of [issuer, responder]) {
      const { der } = await answerAbout(issuer, head.certificate, { status: STATUS, ...times }, by);
      const refused = await spoiled(der, (altered) =>
        verdictBy({ ocspResponses: [readOcspResponse(altered)] }),
      );
      expect(refused).toBe(der.length);
    }
  });
});

it('reads bytes of any kind or calls them malformed', () => {
  const readers = [readCrl, readOcspRequest, readOcspResponse];
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
