import { beforeAll, expect, it } from 'vitest';
import { signDetached } from '../cms/sign-detached.ts';
import type { RevocationReason } from '../revocation/revocation-reason.ts';
import { makeCrl } from '../revocation/testing/issuer.ts';
import type { Crl } from '../revocation/read-crl.ts';
import type { Certificate } from '../certificate/certificate.ts';
import {
  createDemoAuthority,
  SIGNED_AT,
  type DemoAuthority,
  type Signer,
} from '../testing/demo-authority.ts';
import { stampAll } from '../testing/stamp.ts';
import { verifySignedData } from './verify-signed-data.ts';

const CONTENT = Buffer.from('<REPORT/>');
const HOUR = { hours: 1 };

let authority: DemoAuthority;
let head: Signer;
let stamper: Signer;
let cms: Uint8Array;

beforeAll(async () => {
  authority = await createDemoAuthority();
  head = await authority.issue({ profile: 'head' });
  stamper = await authority.issue({ profile: 'timestamp' });
  const signed = await signDetached({
    content: CONTENT,
    ...head,
    signingTime: SIGNED_AT,
    certificates: [authority.intermediate],
  });
  const chain = [authority.intermediate];
  cms = await stampAll(signed, { authority: stamper, chain, genTime: SIGNED_AT });
});

interface Revoked {
  readonly certificate: Certificate;
  readonly since?: Temporal.Instant;
  readonly reason?: RevocationReason;
}

const listOf = (
  by: 'root' | 'issuing',
  revoked: readonly Revoked[] = [],
  thisUpdate = SIGNED_AT.subtract(HOUR),
): Promise<Crl> =>
  makeCrl(by === 'root' ? authority.rootKey : authority.intermediateKey, {
    issuer: by === 'root' ? authority.root : authority.intermediate,
    number: 1,
    thisUpdate,
    nextUpdate: thisUpdate.add({ hours: 24 }),
    entries: revoked.map(({ certificate, since = SIGNED_AT.subtract(HOUR), reason = 'keyCompromise' }) => ({
      serial: certificate.serial,
      revokedAt: since,
      reason,
    })),
  });

const verify = async (crls: readonly Crl[], required = true) => {
  const report = await verifySignedData({
    cms,
    content: CONTENT,
    trustAnchors: [authority.root],
    at: SIGNED_AT.add({ hours: 2 }),
    timestamps: { trustAnchors: [authority.root], intermediates: [] },
    revocation: { crls, ocspResponses: [], required },
  });
  const { indication, subIndication, checks } = report;
  const reasons = checks.flatMap(({ reason }) => reason ?? []);
  return { indication, subIndication, reasons };
};

const PASSED = { indication: 'TOTAL-PASSED', subIndication: null, reasons: [] };

it('passes while nothing is revoked, and says so by a check', async () => {
  expect(await verify([await listOf('root'), await listOf('issuing')])).toEqual(PASSED);
});

it('refuses a certificate revoked or on hold before the timestamp', async () => {
  const root = await listOf('root');
  const revoked = await listOf('issuing', [{ certificate: head.certificate }]);
  expect(await verify([root, revoked])).toEqual({
    indication: 'TOTAL-FAILED',
    subIndication: 'REVOKED',
    reasons: ['revoked'],
  });
  const held = await listOf('issuing', [{ certificate: head.certificate, reason: 'certificateHold' }]);
  expect(await verify([root, held])).toMatchObject({ indication: 'TOTAL-FAILED', reasons: ['suspended'] });
});

it('lets a signature be whose certificate was revoked after its timestamp', async () => {
  const since = SIGNED_AT.add({ seconds: 1 });
  const later = await listOf('issuing', [{ certificate: head.certificate, since }], SIGNED_AT.add(HOUR));
  expect(await verify([await listOf('root'), later])).toEqual(PASSED);
});

it('refuses what a revoked authority issued, signers and timestamps alike', async () => {
  const lists = [await listOf('root', [{ certificate: authority.intermediate }]), await listOf('issuing')];
  expect(await verify(lists)).toMatchObject({
    indication: 'TOTAL-FAILED',
    reasons: ['timestamp_authority_revoked', 'issuer_revoked'],
  });
});

it('refuses the timestamps of a revoked timestamp authority', async () => {
  const lists = [await listOf('root'), await listOf('issuing', [{ certificate: stamper.certificate }])];
  expect(await verify(lists)).toMatchObject({ reasons: ['timestamp_authority_revoked'] });
});

it('leaves open what nothing is known about, when something must be', async () => {
  expect(await verify([await listOf('root')])).toEqual({
    indication: 'INDETERMINATE',
    subIndication: 'TRY_LATER',
    reasons: ['timestamp_revocation_unknown', 'revocation_unknown'],
  });
  expect(await verify([], false)).toEqual(PASSED);
  const old = await listOf('issuing', [], SIGNED_AT.subtract({ hours: 30 }));
  expect((await verify([await listOf('root'), old])).reasons).toContain('revocation_stale');
  const stranger = await createDemoAuthority();
  const forged = await makeCrl(stranger.intermediateKey, {
    issuer: authority.intermediate,
    number: 1,
    thisUpdate: SIGNED_AT.subtract(HOUR),
    nextUpdate: SIGNED_AT.add(HOUR),
    entries: [],
  });
  expect((await verify([await listOf('root'), forged])).reasons).toContain('revocation_not_accepted');
});
