import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { signDetached } from '../cms/sign-detached.ts';
import {
  COMPANY_INN,
  createDemoAuthority,
  SIGNED_AT,
  VALID_FROM,
  VALID_UNTIL,
  type DemoAuthority,
  type Signer,
} from '../testing/demo-authority.ts';
import { createVerificationCache } from './verification-cache.ts';
import type { CheckName, Reason } from './check-names.ts';
import { verifySignedData, type VerifySignedDataInput } from './verify-signed-data.ts';

const CONTENT = Buffer.from('<REPORT/>');

let authority: DemoAuthority;
let head: Signer;
let accountant: Signer;
let cms: Uint8Array;

const signBy = async (signers: readonly Signer[], carry = [authority.intermediate]) => {
  let made: Uint8Array | undefined;
  for (const signer of signers) {
    const addTo = made === undefined ? {} : { addTo: made };
    made = await signDetached({
      content: CONTENT,
      ...signer,
      signingTime: SIGNED_AT,
      certificates: carry,
      ...addTo,
    });
  }
  return made ?? new Uint8Array();
};

const verify = (changes: Partial<Omit<VerifySignedDataInput, 'content' | 'contentSha256'>> = {}) =>
  verifySignedData({
    cms,
    content: CONTENT,
    trustAnchors: [authority.root],
    at: SIGNED_AT,
    required: { roles: ['head', 'accountant'], companyInn: COMPANY_INN },
    ...changes,
  });

beforeAll(async () => {
  authority = await createDemoAuthority();
  head = await authority.issue({ profile: 'head' });
  accountant = await authority.issue({ profile: 'accountant' });
  cms = await signBy([head, accountant]);
});

describe('verifySignedData passes', () => {
  it('two required signers, naming every check', async () => {
    const report = await verify();
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(new Set(report.checks.map(({ check }) => check)).size).toBe(11);
    expect(new Set(report.signers.map(({ certificate }) => certificate?.subject.role))).toEqual(
      new Set(['accountant', 'head']),
    );
    expect(report.signers[0]).toMatchObject({ algorithm: 'ecdsa-p256-sha256' });
    expect(report.signers[0]?.chain.map(({ subject }) => subject.commonName).slice(1)).toEqual([
      'Test Issuing CA',
      'Test Root CA',
    ]);
    expect(report.signers[0]?.signingTime?.equals(SIGNED_AT)).toBe(true);
  });

  it('by the hash of the content alone', async () => {
    const contentSha256 = createHash('sha256').update(CONTENT).digest();
    const report = await verifySignedData({
      cms,
      contentSha256,
      trustAnchors: [authority.root],
      at: SIGNED_AT,
    });
    expect(report.indication).toBe('TOTAL-PASSED');
  });

  it('with the issuing certificate handed in beside the CMS', async () => {
    const bare = await signBy([head, accountant], []);
    expect(await verify({ cms: bare })).toMatchObject({ indication: 'INDETERMINATE' });
    expect(await verify({ cms: bare, intermediates: [authority.intermediate] })).toMatchObject({
      indication: 'TOTAL-PASSED',
    });
  });

  it('to the very seconds of validity', async () => {
    expect((await verify({ at: VALID_FROM })).indication).toBe('TOTAL-PASSED');
    expect((await verify({ at: VALID_UNTIL.add({ milliseconds: 999 }) })).indication).toBe('TOTAL-PASSED');
  });

  it('the same with a cache, twice', async () => {
    const cache = createVerificationCache();
    const [first, second] = [await verify({ cache }), await verify({ cache })];
    expect(second.checks).toEqual(first.checks);
    expect(cache.certificates.size).toBe(3);
    expect(cache.chains.size).toBe(2);
    const other = await createDemoAuthority();
    expect((await verify({ cache, trustAnchors: [other.root] })).indication).not.toBe('TOTAL-PASSED');
  });
});

describe('verifySignedData names', () => {
  const named = async (changes: Parameters<typeof verify>[0], check: CheckName, reason: Reason) => {
    const report = await verify(changes);
    expect(report.indication).not.toBe('TOTAL-PASSED');
    expect(report.checks).toContainEqual(expect.objectContaining({ check, reason }));
  };

  it('altered content', async () => {
    const report = await verifySignedData({
      cms,
      content: Buffer.from('x'),
      trustAnchors: [authority.root],
      at: SIGNED_AT,
    });
    expect(report.indication).toBe('TOTAL-FAILED');
    expect(report.checks).toContainEqual(
      expect.objectContaining({ check: 'content_digest', reason: 'content_altered', signer: 0 }),
    );
  });

  it('a missing role', async () => named({ cms: await signBy([head]) }, 'roles', 'role_missing'));

  it('a role too many', async () => {
    const operator = await authority.issue({ profile: 'operator' });
    await named({ cms: await signBy([head, accountant, operator]) }, 'roles', 'role_unexpected');
  });

  it('a role twice', async () => {
    const second = await authority.issue({ profile: 'head' });
    await named({ cms: await signBy([head, second]) }, 'roles', 'role_twice');
  });

  it('a signer of another company', async () => {
    const stranger = await authority.issue({ profile: 'head', companyInn: '02202199910002' });
    await named({ cms: await signBy([stranger, accountant]) }, 'company_inn', 'other_company');
  });

  it('a time before and after validity', async () => {
    await named({ at: VALID_FROM.subtract({ nanoseconds: 1 }) }, 'validity', 'not_yet_valid');
    await named({ at: VALID_UNTIL.add({ seconds: 1 }) }, 'validity', 'expired');
  });

  it('an unknown authority and one that only bears the name', async () => {
    const unknown = await createDemoAuthority('Other');
    await named({ trustAnchors: [unknown.root] }, 'chain', 'issuer_unknown');
    const namesake = await createDemoAuthority();
    await named({ trustAnchors: [namesake.root] }, 'chain', 'issuer_signature_wrong');
  });

  it('a signer that acts as an authority', async () => {
    const anchors = [head.certificate];
    await named({ trustAnchors: anchors }, 'chain', 'issuer_unknown');
  });

  it('a certificate nobody needs', async () => {
    const other = await createDemoAuthority('Other');
    const carrying = await signBy([head, accountant], [authority.intermediate, other.intermediate]);
    await named({ cms: carrying }, 'certificates', 'unused_certificate');
  });

  it('bytes that are no CMS', async () => {
    expect(await verify({ cms: Buffer.from('hello') })).toMatchObject({
      indication: 'TOTAL-FAILED',
      checks: [{ check: 'structure', reason: 'malformed', detail: expect.stringContaining('der_') }],
      signers: [],
    });
  });
});
