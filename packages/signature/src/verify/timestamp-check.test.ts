import { beforeAll, describe, expect, it } from 'vitest';
import { signDetached } from '../cms/sign-detached.ts';
import { addTimestamps, signatureValues } from '../cms/timestamps.ts';
import { withUnsignedAttribute } from '../testing/damaged-cms.ts';
import {
  COMPANY_INN,
  createDemoAuthority,
  SIGNED_AT,
  VALID_UNTIL,
  type DemoAuthority,
  type Signer,
} from '../testing/demo-authority.ts';
import { stampAll, tokenOver, type Stamping } from '../testing/stamp.ts';
import type { Reason } from './check-names.ts';
import type { TimestampPolicy } from './timestamp-check.ts';
import type { Indication } from './verification-report.ts';
import { verifySignedData } from './verify-signed-data.ts';

const CONTENT = Buffer.from('<REPORT/>');
const STAMPED_AT = SIGNED_AT.add({ milliseconds: 350 });
const FIVE_YEARS_ON = VALID_UNTIL.add({ hours: 5 * 365 * 24 });

let authority: DemoAuthority;
let unknown: DemoAuthority;
let head: Signer;
let cms: Uint8Array;
let stamping: Stamping;

const sign = async (signers: readonly Signer[]) => {
  let made: Uint8Array | undefined;
  for (const signer of signers) {
    const addTo = made === undefined ? {} : { addTo: made };
    const certificates = [authority.intermediate];
    made = await signDetached({
      content: CONTENT,
      ...signer,
      signingTime: SIGNED_AT,
      certificates,
      ...addTo,
    });
  }
  return made ?? new Uint8Array();
};

beforeAll(async () => {
  authority = await createDemoAuthority();
  unknown = await createDemoAuthority('Unknown');
  head = await authority.issue({ profile: 'head' });
  cms = await sign([head, await authority.issue({ profile: 'accountant' })]);
  const stamper = await authority.issue({ profile: 'timestamp' });
  stamping = { authority: stamper, chain: [authority.intermediate], genTime: STAMPED_AT };
});

const verify = (bytes: Uint8Array, policy: Partial<TimestampPolicy> | null = {}, at = FIVE_YEARS_ON) =>
  verifySignedData({
    cms: bytes,
    content: CONTENT,
    trustAnchors: [authority.root],
    at,
    required: { roles: ['head', 'accountant'], companyInn: COMPANY_INN },
    ...(policy && { timestamps: { trustAnchors: [authority.root], intermediates: [], ...policy } }),
  });

describe('a signature with a timestamp', () => {
  it('is judged at the time of its timestamp, when its certificates have long expired', async () => {
    const stamped = await stampAll(cms, stamping);
    const report = await verify(stamped, { required: true });
    expect(report.indication).toBe('TOTAL-PASSED');
    for (const signer of report.signers) {
      expect(signer.judgedAt.equals(STAMPED_AT)).toBe(true);
      expect(signer.timestamp?.certificate.sha256).toBe(stamping.authority.certificate.sha256);
    }
    const expired = await verify(cms);
    expect(expired).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'EXPIRED' });
  });

  it('is judged at the earliest of several', async () => {
    const twice = await stampAll(await stampAll(cms, stamping), { ...stamping, genTime: SIGNED_AT });
    const { indication, signers } = await verify(twice);
    expect(indication).toBe('TOTAL-PASSED');
    expect(signers.every(({ judgedAt }) => judgedAt.equals(SIGNED_AT))).toBe(true);
  });

  it('may be certified by an authority of its own', async () => {
    const other = { ...stamping, authority: await unknown.issue({ profile: 'timestamp' }), chain: [] };
    const stamped = await stampAll(cms, other);
    const policy = { trustAnchors: [unknown.root], intermediates: [unknown.intermediate] };
    expect((await verify(stamped, policy)).indication).toBe('TOTAL-PASSED');
  });

  it('stays open for whoever does not look at timestamps, or finds other bytes beside it', async () => {
    const stamped = await stampAll(cms, stamping);
    expect(await verify(stamped, null, SIGNED_AT)).toMatchObject({ indication: 'INDETERMINATE' });
    const more = withUnsignedAttribute(cms);
    const report = await verify(more, {}, SIGNED_AT);
    expect(report.checks).toContainEqual(expect.objectContaining({ reason: 'unsigned_attributes' }));
    expect(report.indication).toBe('INDETERMINATE');
  });
});

describe('a timestamp is refused', () => {
  const refused = async (
    stamped: Uint8Array,
    reason: Reason,
    more: { policy?: Partial<TimestampPolicy>; at?: Temporal.Instant; indication?: Indication } = {},
  ) => {
    const report = await verify(stamped, { required: true, ...more.policy }, more.at ?? STAMPED_AT);
    expect(report.checks).toContainEqual(expect.objectContaining({ check: 'timestamp', reason }));
    expect(report.indication).toBe(more.indication ?? 'TOTAL-FAILED');
    expect(report.signers.some(({ timestamp }) => timestamp === null)).toBe(true);
  };

  it('when it is missing', async () => {
    await refused(cms, 'timestamp_missing');
    const [first] = signatureValues(cms);
    await refused(addTimestamps(cms, [await tokenOver(first ?? CONTENT, stamping)]), 'timestamp_missing');
  });

  it('when it is over another signature', async () => {
    const tokens = await Promise.all(signatureValues(cms).map((value) => tokenOver(value, stamping)));
    await refused(addTimestamps(cms, tokens.toReversed()), 'timestamp_over_other_signature');
  });

  it('when it is from the future or from before signing, by more than clocks may differ', async () => {
    const early = { ...stamping, genTime: SIGNED_AT.subtract({ minutes: 6 }) };
    await refused(await stampAll(cms, early), 'timestamp_before_signing');
    const late = await stampAll(cms, { ...stamping, genTime: SIGNED_AT.add({ minutes: 6 }) });
    await refused(late, 'timestamp_from_future', { at: SIGNED_AT });
    const policy = { toleranceMs: 400_000 };
    expect((await verify(late, policy, SIGNED_AT)).indication).toBe('TOTAL-PASSED');
  });

  it('when nobody knows its authority', async () => {
    const stamped = await stampAll(cms, {
      ...stamping,
      authority: await unknown.issue({ profile: 'timestamp' }),
    });
    await refused(stamped, 'timestamp_authority_unknown', { indication: 'INDETERMINATE' });
  });

  it('when its authority is none', async () => {
    await refused(await stampAll(cms, { ...stamping, authority: head }), 'timestamp_authority_unfit');
  });

  it('when its authority’s certificate was not valid then', async () => {
    const stamper = await authority.issue({
      profile: 'timestamp',
      notAfter: SIGNED_AT.subtract({ hours: 1 }),
    });
    await refused(await stampAll(cms, { ...stamping, authority: stamper }), 'timestamp_authority_not_valid');
  });

  it('when it is damaged', async () => {
    const stamped = await stampAll(cms, stamping);
    const [token] = await Promise.all(signatureValues(cms).map((value) => tokenOver(value, stamping)));
    const wrong = Uint8Array.from(token ?? []);
    wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
    await refused(addTimestamps(cms, [wrong]), 'timestamp_signature_wrong');
    await refused(addTimestamps(cms, [head.certificate.der]), 'timestamp_malformed');
    expect((await verify(stamped)).indication).toBe('TOTAL-PASSED');
  });
});
