import { beforeAll, describe, expect, it } from 'vitest';
import type { Certificate } from '../certificate/certificate.ts';
import { SIGNED_AT, VALID_UNTIL } from '../testing/demo-authority.ts';
import { createVerificationCache } from '../verify/verification-cache.ts';
import { ocspCertId } from './ocsp-cert-id.ts';
import type { OcspStatus } from './prepare-ocsp-response.ts';
import type { Crl } from './read-crl.ts';
import type { OcspResponse } from './read-ocsp-response.ts';
import { revocationAt } from './revocation-at.ts';
import type { Revocation } from './revocation-reason.ts';
import {
  answerAbout,
  createTestIssuer,
  makeCrl,
  makeOcsp,
  type Held,
  type TestIssuer,
} from './testing/issuer.ts';

const AT = SIGNED_AT;
const hours = (count: number, from = AT) => from.add({ hours: count });

let issuer: TestIssuer;
let other: TestIssuer;
let head: Held;
let responder: Held;

beforeAll(async () => {
  [issuer, other] = await Promise.all([createTestIssuer(), createTestIssuer('Other')]);
  [head, responder] = await Promise.all([issuer.issue('head'), issuer.issue('ocsp')]);
});

const list = (
  thisUpdate: Temporal.Instant,
  revocation?: Revocation,
  { of = head.certificate, by = issuer }: { of?: Certificate; by?: Held } = {},
): Promise<Crl> =>
  makeCrl(by.privateKey, {
    issuer: issuer.certificate,
    number: 1,
    thisUpdate,
    nextUpdate: hours(24, thisUpdate),
    entries: revocation === undefined ? [] : [{ serial: of.serial, ...revocation }],
  });

const answer = (thisUpdate: Temporal.Instant, status: OcspStatus, by: Held = issuer) =>
  answerAbout(issuer, head.certificate, { status, thisUpdate, nextUpdate: hours(24, thisUpdate) }, by);

const ask = async (
  sources: { crls?: readonly Crl[]; ocsp?: readonly OcspResponse[] },
  { certificate = head.certificate, at = AT }: { certificate?: Certificate; at?: Temporal.Instant } = {},
) => {
  const verdict = await revocationAt({
    certificate,
    issuer: issuer.certificate,
    at,
    sources: { crls: sources.crls ?? [], ocspResponses: sources.ocsp ?? [] },
  });
  return verdict.status === 'unknown' ? verdict.why : verdict;
};

const revokedAt = (since: Temporal.Instant, reason: Revocation['reason'] = 'keyCompromise') => ({
  revokedAt: since,
  reason,
});

describe('revocationAt', () => {
  it('finds a certificate good by a list or an answer of the time', async () => {
    expect(await ask({ crls: [await list(hours(-1))] })).toMatchObject({ status: 'good' });
    expect(await ask({ ocsp: [await answer(hours(-1), 'good')] })).toMatchObject({ status: 'good' });
    expect(await ask({ ocsp: [await answer(hours(-1), 'good', responder)] })).toMatchObject({
      status: 'good',
    });
  });

  it('finds it revoked since before, and good where it was revoked since after', async () => {
    const before = revokedAt(hours(-2));
    const expected = { status: 'revoked', since: before.revokedAt, reason: 'keyCompromise' };
    expect(await ask({ crls: [await list(hours(-1), before)] })).toEqual(expected);
    expect(await ask({ ocsp: [await answer(hours(-1), before)] })).toEqual(expected);
    expect(await ask({ crls: [await list(AT, revokedAt(AT))] })).toMatchObject({ status: 'revoked' });
    const after = revokedAt(hours(1));
    expect(await ask({ crls: [await list(hours(2), after)] })).toEqual({
      status: 'good',
      revokedLater: after,
    });
    expect(await ask({ ocsp: [await answer(hours(2), after)] })).toMatchObject({ status: 'good' });
  });

  it('lets no good word undo a final revocation, however old', async () => {
    const crls = [await list(hours(-100), revokedAt(hours(-101), 'superseded')), await list(hours(-1))];
    expect(await ask({ crls })).toMatchObject({ status: 'revoked', reason: 'superseded' });
  });

  it('knows a hold, and that it ends', async () => {
    const hold = revokedAt(hours(-3), 'certificateHold');
    const held = await list(hours(-2), hold);
    expect(await ask({ crls: [held] })).toEqual({ status: 'suspended', since: hours(-3) });
    expect(await ask({ crls: [held, await list(hours(-1))] })).toMatchObject({ status: 'good' });
    // Later word does not say when the hold was lifted.
    expect(await ask({ crls: [held, await list(hours(1))] })).toMatchObject({ status: 'suspended' });
    expect(await ask({ crls: [await list(hours(1), hold)] })).toMatchObject({ status: 'suspended' });
    expect(await ask({ crls: [await list(hours(-40), hold)] })).toBe('stale');
  });

  it('calls word that had run out stale', async () => {
    expect(await ask({ crls: [await list(hours(-25))] })).toBe('stale');
    expect(await ask({ crls: [await list(hours(-24))] })).toMatchObject({ status: 'good' });
    expect(await ask({ ocsp: [await answer(hours(-25), 'good')] })).toBe('stale');
    const momentary = (thisUpdate: Temporal.Instant) =>
      answerAbout(issuer, head.certificate, { status: 'good', thisUpdate });
    expect(await ask({ ocsp: [await momentary(AT.subtract({ seconds: 1 }))] })).toBe('stale');
    // An answer names whole seconds: one of the same second is of the same time.
    expect(await ask({ ocsp: [await momentary(AT)] }, { at: AT.add({ milliseconds: 900 }) })).toMatchObject({
      status: 'good',
    });
  });

  it('believes later word until the certificate has expired', async () => {
    expect(await ask({ crls: [await list(hours(100))] })).toMatchObject({ status: 'good' });
    expect(await ask({ crls: [await list(hours(1, VALID_UNTIL))] })).toBe('issued_after_expiry');
    const revoked = revokedAt(hours(-1));
    expect(await ask({ crls: [await list(hours(1, VALID_UNTIL), revoked)] })).toMatchObject({
      status: 'revoked',
    });
    const after = revokedAt(hours(1));
    expect(await ask({ crls: [await list(hours(1, VALID_UNTIL), after)] })).toMatchObject({ status: 'good' });
  });

  it('says why nothing is known', async () => {
    expect(await ask({})).toBe('none');
    expect(await ask({ ocsp: [await answer(hours(-1), 'unknown')] })).toBe('responder_does_not_know');
    expect(await ask({ crls: [await list(hours(-1), undefined, { by: other })] })).toBe('signature_wrong');
    expect(await ask({ ocsp: [await answer(hours(-1), 'good', head)] })).toBe('responder_not_authorised');
    const stranger = await other.issue('ocsp');
    expect(await ask({ ocsp: [await answer(hours(-1), 'good', stranger)] })).toBe('responder_not_authorised');
    const imposter = { ...responder, privateKey: head.privateKey };
    expect(await ask({ ocsp: [await answer(hours(-1), 'good', imposter)] })).toBe('signature_wrong');
    const old = await issuer.issue('ocsp', { notAfter: hours(-2) });
    expect(await ask({ ocsp: [await answer(hours(-1), 'good', old)] })).toBe('responder_expired');
    expect(await ask({ ocsp: [await answer(hours(-3), 'good', old)] })).toMatchObject({ status: 'good' });
  });

  it('passes over what is about others', async () => {
    const stranger = await other.issue('head');
    expect(await ask({ crls: [await list(hours(-1))] }, { certificate: stranger.certificate })).toBe('none');
    const second = await issuer.issue('head');
    const ocsp = [await answer(hours(-1), revokedAt(hours(-2)))];
    expect(await ask({ ocsp }, { certificate: second.certificate })).toBe('none');
    const namesake = ocspCertId({ certificate: head.certificate, issuer: other.certificate });
    const times = { thisUpdate: hours(-1), nextUpdate: hours(1) };
    const byOther = await makeOcsp(issuer.privateKey, {
      answers: [{ certId: namesake, status: 'good', ...times }],
      producedAt: AT,
      certificate: issuer.certificate,
      chain: [],
      issuer: other.certificate,
    });
    expect(await ask({ ocsp: [byOther] })).toBe('none');
  });

  it('does not believe a responder that the issuer has disowned', async () => {
    const ocsp = [await answer(hours(-1), 'good', responder)];
    const of = responder.certificate;
    const lost = await list(hours(5), revokedAt(hours(4)), { of });
    expect(await ask({ ocsp, crls: [lost] }, { at: hours(-1) })).toMatchObject({ status: 'good' });
    expect(await ask({ ocsp, crls: [await list(hours(-99), revokedAt(hours(-100)), { of })] })).toBe(
      'responder_not_authorised',
    );
    const replaced = await list(hours(-99), revokedAt(hours(4), 'superseded'), { of });
    expect(await ask({ ocsp, crls: [replaced] })).toMatchObject({ status: 'good' });
  });

  it('keeps verdicts by source and issuer, and gives the same with them', async () => {
    const cache = createVerificationCache();
    const crls = [
      await list(hours(-1), revokedAt(hours(-2))),
      await list(hours(-1), undefined, { by: other }),
    ];
    const ocspResponses = [await answer(hours(-1), 'good', responder)];
    const question = {
      certificate: head.certificate,
      issuer: issuer.certificate,
      at: AT,
      sources: { crls, ocspResponses },
    };
    const first = await revocationAt({ ...question, cache });
    expect(cache.revocationSources.size).toBe(3);
    expect(await revocationAt({ ...question, cache })).toEqual(first);
    expect(await revocationAt(question)).toEqual(first);
    expect(first).toMatchObject({ status: 'revoked' });
  });
});
