import { beforeAll, describe, expect, it } from 'vitest';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { issueSignerCertificate } from '../ca/issue-certificate.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { CrlEntry } from '../revocation/prepare-crl.ts';
import { createTestIssuer, makeCrl, type Held, type TestIssuer } from '../revocation/testing/issuer.ts';
import { SIGNED_AT, VALID_FROM, VALID_UNTIL } from '../testing/demo-authority.ts';
import { caExtension, keyUsageExtension, makeOddCertificate } from '../testing/odd-certificate.ts';
import { derOid, derSequence } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { createVerificationCache } from '../verify/verification-cache.ts';
import { assembleTimestamp, prepareTimestamp, type PreparedTimestamp } from './prepare-timestamp.ts';
import { timestampRequestOver } from './timestamp-request.ts';
import { verifyTimestampToken, type TimestampQuestion } from './verify-timestamp-token.ts';

const DATA = Buffer.from('value of a signature');
const hours = (count: number) => SIGNED_AT.add({ hours: count });

let issuer: TestIssuer;
let other: TestIssuer;
let authority: Held;

beforeAll(async () => {
  [issuer, other] = await Promise.all([createTestIssuer(), createTestIssuer('Other')]);
  authority = await issuer.issue('timestamp');
});

const stamp = async (
  by: Held = authority,
  more: {
    genTime?: Temporal.Instant;
    bare?: boolean;
    change?: (prepared: PreparedTimestamp) => PreparedTimestamp;
  } = {},
): Promise<Uint8Array> => {
  const { genTime = SIGNED_AT, bare = false, change = (same) => same } = more;
  const request = timestampRequestOver({ data: DATA, nonce: Uint8Array.of(5) });
  const prepared = prepareTimestamp({
    request: { ...request, certificateRequested: !bare },
    genTime,
    serial: Uint8Array.of(1),
    policy: '1.2.3',
    certificate: by.certificate,
    chain: [],
  });
  return assembleTimestamp(change(prepared), await signBytes(by.privateKey, prepared.toBeSigned));
};

const verify = async (token: Uint8Array, more: Partial<TimestampQuestion> = {}) => {
  const verdict = await verifyTimestampToken({
    token,
    digestOf: DATA,
    trustAnchors: [issuer.root.certificate],
    intermediates: [issuer.certificate],
    ...more,
  });
  return verdict.ok ? 'ok' : verdict.reason;
};

describe('verifyTimestampToken', () => {
  it('believes a token, and says when and by whom', async () => {
    const cache = createVerificationCache();
    const question = { digestOf: DATA, trustAnchors: [issuer.root.certificate], cache };
    const intermediates = [issuer.certificate, authority.certificate];
    for (const bare of [false, true]) {
      const token = await stamp(authority, { bare });
      expect(await verifyTimestampToken({ ...question, token, intermediates })).toMatchObject({
        ok: true,
        genTime: SIGNED_AT,
        certificate: { sha256: authority.certificate.sha256 },
        chain: { length: 3 },
      });
    }
  });

  it('refuses what was stamped over other data or answers another request', async () => {
    const token = await stamp();
    expect(await verify(token, { digestOf: Buffer.from('other') })).toBe('other_data');
    expect(await verify(token, { nonce: Uint8Array.of(0, 5) })).toBe('ok');
    expect(await verify(token, { nonce: Uint8Array.of(6) })).toBe('nonce_differs');
    expect(await verify(token.subarray(1))).toBe('malformed');
  });

  it('refuses an authority that nobody here knows', async () => {
    const stranger = await other.issue('timestamp');
    expect(await verify(await stamp(stranger))).toBe('authority_unknown');
    expect(await verify(await stamp(authority, { bare: true }))).toBe('certificate_missing');
    expect(await verify(await stamp(), { intermediates: [other.certificate] })).toBe('authority_unknown');
  });

  it('refuses a signature by another key, or over another certificate', async () => {
    const thief = { ...authority, privateKey: issuer.privateKey };
    expect(await verify(await stamp(thief))).toBe('signature_wrong');
    const spoilInfo = (prepared: PreparedTimestamp) => ({
      ...prepared,
      info: prepared.info.map((byte, index) => (index === prepared.info.length - 1 ? byte ^ 1 : byte)),
    });
    expect(await verify(await stamp(authority, { change: spoilInfo }))).toBe('signature_wrong');
    const twin = await issueSignerCertificate({
      notBefore: VALID_FROM,
      notAfter: VALID_UNTIL,
      profile: 'timestamp',
      subject: { commonName: 'Twin' },
      publicKey: authority.certificate.spki,
      issuer: issuer.certificate,
      issuerKey: issuer.privateKey,
    });
    const exchange = (prepared: PreparedTimestamp) => ({
      ...prepared,
      certificate: twin,
      certificates: [twin],
    });
    expect(await verify(await stamp(authority, { change: exchange }))).toBe('names_other_certificate');
  });

  it('refuses a key that may do something else', async () => {
    expect(await verify(await stamp(await issuer.issue('head')))).toBe('wrong_key_usage');
    const purposes = (isCritical: boolean, ...oids: readonly string[]) => ({
      oid: OID.extendedKeyUsage,
      isCritical,
      value: derSequence(...oids.map(derOid)),
    });
    const odd = (...extensions: Parameters<typeof makeOddCertificate>[0]['extensions'][number][]) =>
      makeOddCertificate({ subject: [[OID.commonName, 'Odd']], issuer, extensions });
    const alone = purposes(true, OID.timeStamping);
    expect(await verify(await stamp(await odd(alone)))).toBe('ok');
    for (const extensions of [
      [purposes(true, OID.timeStamping, OID.ocspSigning)],
      [purposes(false, OID.timeStamping)],
      [alone, keyUsageExtension(0xa0)],
      [alone, caExtension()],
    ]) {
      expect(await verify(await stamp(await odd(...extensions)))).toBe('wrong_key_usage');
    }
  });

  it('refuses certificates that lead nowhere', async () => {
    const withStray = (prepared: PreparedTimestamp) => ({
      ...prepared,
      certificates: [...prepared.certificates, other.certificate],
    });
    expect(await verify(await stamp(authority, { change: withStray }))).toBe('unused_certificate');
  });

  it('judges validity at the time of the token, whatever the time is now', async () => {
    const short = await issuer.issue('timestamp', { notBefore: hours(-1), notAfter: hours(1) });
    expect(await verify(await stamp(short))).toBe('ok');
    expect(await verify(await stamp(short, { genTime: hours(2) }))).toBe('expired');
    expect(await verify(await stamp(short, { genTime: hours(-2) }))).toBe('not_yet_valid');
  });
});

describe('revocation of the authority', () => {
  const list = (of: Certificate, at: number, reason: CrlEntry['reason']) =>
    makeCrl(issuer.privateKey, {
      issuer: issuer.certificate,
      number: 1,
      thisUpdate: hours(10),
      nextUpdate: hours(20),
      entries: [{ serial: of.serial, revokedAt: hours(at), reason }],
    });

  const verifyWith = async (at: number, reason: CrlEntry['reason'], required = false) => {
    const crls = [await list(authority.certificate, at, reason)];
    return verify(await stamp(), { revocation: { crls, ocspResponses: [], required } });
  };

  it('before the token makes it worthless', async () => {
    expect(await verifyWith(-1, 'superseded')).toBe('revoked');
    expect(await verifyWith(-1, 'certificateHold')).toBe('revoked');
  });

  it('after the token counts when the key may have been lost', async () => {
    expect(await verifyWith(1, 'superseded')).toBe('ok');
    expect(await verifyWith(1, 'cessationOfOperation')).toBe('ok');
    expect(await verifyWith(1, 'keyCompromise')).toBe('revoked');
    expect(await verifyWith(1, 'unspecified')).toBe('revoked');
  });

  it('must be known of only where that is asked for', async () => {
    // The list above says nothing of the issuing authority, which the root answers for.
    expect(await verifyWith(1, 'superseded', true)).toBe('revocation_unknown');
    const ofRoot = await makeCrl(issuer.root.privateKey, {
      issuer: issuer.root.certificate,
      number: 1,
      thisUpdate: hours(-1),
      nextUpdate: hours(1),
      entries: [],
    });
    const crls = [await list(authority.certificate, 1, 'superseded'), ofRoot];
    const revocation = { crls, ocspResponses: [], required: true };
    expect(await verify(await stamp(), { revocation })).toBe('ok');
  });
});
