/** Who signed what: roles, companies, terms, issuers, altered content. */
import * as damaged from '../damaged-cms.ts';
import { COMPANY_INN, SIGNED_AT } from '../demo-authority.ts';
import { opensslAccepts, type Scene, type Vectors } from './scene.ts';

const NO_ROLES = opensslAccepts('openssl knows no roles: every signature that is there is correct');

const addValid = async ({ sign, head, accountant, sound, authority }: Scene, { add }: Vectors) => {
  const brief = await authority.issue({ profile: 'head', notAfter: SIGNED_AT });
  add(['valid', 'head and accountant, parallel'], sound, 'TOTAL-PASSED');
  add(['valid-reversed', 'the accountant signed first'], await sign([accountant, head]), 'TOTAL-PASSED');
  add(
    ['valid-bare', 'the CMS carries only the signers, the issuing certificate comes beside it'],
    await sign([head, accountant], { carry: [] }),
    'TOTAL-PASSED',
    { intermediates: ['issuing.pem'] },
  );
  add(
    ['valid-last-second', 'the very last second of a certificate'],
    await sign([brief, accountant]),
    'TOTAL-PASSED',
    { openssl: 'refuses', opensslNote: 'openssl takes the last second for past, RFC 5280 §4.1.2.5 includes it' },
  );
  add(
    ['valid-claimed-role', 'the head’s key, used by a delegate who is named in the signature'],
    await sign([head, accountant], { claimedRole: `delegation:${'0'.repeat(64)};delegate:${'1'.repeat(64)}` }),
    'TOTAL-PASSED',
  );
  const late = await authority.issue({ profile: 'head', notBefore: SIGNED_AT.add({ hours: 1 }) });
  add(
    ['expired', 'the head’s certificate ended a second ago'],
    await sign([brief, accountant]),
    ['TOTAL-FAILED', 'validity', 'expired'],
    { at: SIGNED_AT.add({ seconds: 1 }).toString() },
  );
  add(['not-yet-valid', 'the head’s certificate starts in an hour'], await sign([late, accountant]), [
    'TOTAL-FAILED',
    'validity',
    'not_yet_valid',
  ]);
};

const addContent = ({ sound }: Scene, { add }: Vectors): void => {
  for (const [name, about] of [
    ['content-altered', 'one letter of the report is another'],
    ['content-line-ends', 'CRLF became LF on the way'],
  ] as const) {
    const content = name === 'content-altered' ? 'report-altered.xml' : 'report-lf.xml';
    add([name, about], sound, ['TOTAL-FAILED', 'content_digest', 'content_altered'], { content });
  }
  add(
    ['signature-exchanged', 'the signers carry each other’s signature'],
    damaged.withSignaturesExchanged(sound),
    ['TOTAL-FAILED', 'signature', 'signature_wrong'],
  );
};

const addRoles = async ({ sign, head, accountant, authority }: Scene, { add }: Vectors) => {
  const other = (profile: 'head' | 'accountant', companyInn: string) =>
    authority.issue({ profile, companyInn });
  add(
    ['one-signer', 'the accountant has not signed'],
    await sign([head]),
    ['TOTAL-FAILED', 'roles', 'role_missing'],
    NO_ROLES,
  );
  add(
    ['role-twice', 'two heads'],
    await sign([head, await other('head', COMPANY_INN)]),
    ['TOTAL-FAILED', 'roles', 'role_twice'],
    NO_ROLES,
  );
  add(
    ['roles-swapped', 'the head’s certificate where the accountant’s is required'],
    await sign([head]),
    ['TOTAL-FAILED', 'roles', 'role_of_another'],
    { ...NO_ROLES, required: { roles: ['accountant'], companyInn: COMPANY_INN } },
  );
  add(
    ['three-signers', 'the operator signed too'],
    await sign([head, accountant, await authority.issue({ profile: 'operator' })]),
    ['TOTAL-FAILED', 'roles', 'role_unexpected'],
    NO_ROLES,
  );
  add(
    ['other-company', 'the head of another company'],
    await sign([await other('head', '02202199910002'), accountant]),
    ['TOTAL-FAILED', 'company_inn', 'other_company'],
    NO_ROLES,
  );
  const sound = await sign([head, accountant]);
  add(
    ['signer-twice', 'the same SignerInfo twice'],
    damaged.withSignerTwice(sound),
    ['TOTAL-FAILED', 'duplicate_signer', 'same_certificate_twice'],
    opensslAccepts('openssl checks each signature by itself'),
  );
  const again = await sign([head], { signingTime: SIGNED_AT.add({ minutes: 1 }) });
  add(
    ['same-certificate-twice', 'the head signed twice, at two times'],
    damaged.joined(sound, again),
    ['TOTAL-FAILED', 'duplicate_signer', 'same_certificate_twice'],
    opensslAccepts('openssl checks each signature by itself'),
  );
};

const addIssuers = async ({ sign, head, accountant, sound, unknown, authority }: Scene, { add }: Vectors) => {
  const strangers = [await unknown.issue({ profile: 'head' }), await unknown.issue({ profile: 'accountant' })];
  add(
    ['issuer-unknown', 'signers of an authority nobody knows'],
    await sign(strangers, { carry: [unknown.intermediate] }),
    ['INDETERMINATE', 'chain', 'issuer_unknown'],
  );
  add(
    ['issuer-namesake', 'the trusted root has the name but not the key'],
    sound,
    ['TOTAL-FAILED', 'chain', 'issuer_signature_wrong'],
    { trustAnchors: ['namesake-root.pem'] },
  );
  add(['issuer-missing', 'the issuing certificate is nowhere'], await sign([head, accountant], { carry: [] }), [
    'INDETERMINATE',
    'chain',
    'issuer_unknown',
  ]);
  add(
    ['stray-certificate', 'a certificate no signer leads to'],
    await sign([head, accountant], { carry: [authority.intermediate, unknown.intermediate] }),
    ['TOTAL-FAILED', 'certificates', 'unused_certificate'],
    opensslAccepts('openssl passes over certificates it does not need; here somebody must vouch for every byte'),
  );
  add(
    ['signer-certificate-missing', 'the accountant’s certificate is not carried'],
    damaged.withoutCertificate(sound, accountant.certificate),
    ['INDETERMINATE', 'signature', 'signer_certificate_missing'],
  );
};

export const addSignerCases = async (scene: Scene, vectors: Vectors): Promise<void> => {
  await addValid(scene, vectors);
  addContent(scene, vectors);
  await addRoles(scene, vectors);
  await addIssuers(scene, vectors);
};

