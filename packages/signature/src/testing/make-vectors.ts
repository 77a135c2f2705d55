/** Writes vectors/cms afresh, with new random keys that are not kept. Run by hand: node src/testing/make-vectors.ts */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { certificateToPem } from '../certificate/pem.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { signDetached } from '../cms/sign-detached.ts';
import { OID } from '../oids.ts';
import type { CheckName, Reason } from '../verify/check-names.ts';
import type { Indication } from '../verify/verification-report.ts';
import * as damaged from './damaged-cms.ts';
import { COMPANY_INN, createDemoAuthority, SIGNED_AT, type Signer } from './demo-authority.ts';
import { VECTORS, type CmsVector } from './vector-index.ts';

const CONTENT = Buffer.from(`<REPORT>\r\n<TIN>${COMPANY_INN}</TIN>\nОтчёт\r</REPORT>\n`);

const authority = await createDemoAuthority('Vector');
const unknown = await createDemoAuthority('Unknown');
const namesake = await createDemoAuthority('Vector');
const [head, accountant] = [
  await authority.issue({ profile: 'head' }),
  await authority.issue({ profile: 'accountant' }),
];

const sign = async (
  signers: readonly Signer[],
  carry: readonly Certificate[] = [authority.intermediate],
  content = CONTENT,
) => {
  let cms: Uint8Array | undefined;
  for (const signer of signers) {
    const addTo = cms === undefined ? {} : { addTo: cms };
    cms = await signDetached({ content, ...signer, signingTime: SIGNED_AT, certificates: carry, ...addTo });
  }
  return cms ?? new Uint8Array();
};

rmSync(VECTORS, { recursive: true, force: true });
mkdirSync(VECTORS, { recursive: true });
const write = (name: string, bytes: Uint8Array | string) => writeFileSync(new URL(name, VECTORS), bytes);
write('report.xml', CONTENT);
write('report-altered.xml', Buffer.from(CONTENT.toString().replace('Отчёт', 'Отчет')));
write('report-lf.xml', Buffer.from(CONTENT.toString().replaceAll('\r\n', '\n')));
write('root.pem', certificateToPem(authority.root.der));
write('issuing.pem', certificateToPem(authority.intermediate.der));
write('namesake-root.pem', certificateToPem(namesake.root.der));

const cases: CmsVector[] = [];

type Expected = Indication | readonly [Indication, CheckName, Reason];

const add = (
  [name, about]: readonly [string, string],
  cms: Uint8Array,
  expected: Expected,
  changes: Partial<CmsVector> = {},
): void => {
  const [indication, check, reason] = typeof expected === 'string' ? [expected, null, null] : expected;
  write(`${name}.p7s`, cms);
  cases.push({
    name,
    about,
    cms: `${name}.p7s`,
    content: 'report.xml',
    trustAnchors: ['root.pem'],
    intermediates: [],
    at: SIGNED_AT.toString(),
    required: { roles: ['head', 'accountant'], companyInn: COMPANY_INN },
    ...changes,
    indication,
    check,
    reason,
  });
};

const sound = await sign([head, accountant]);
const other = (profile: 'head' | 'accountant', companyInn: string) =>
  authority.issue({ profile, companyInn });
const brief = await authority.issue({ profile: 'head', notAfter: SIGNED_AT });
const late = await authority.issue({ profile: 'head', notBefore: SIGNED_AT.add({ hours: 1 }) });

add(['valid', 'head and accountant, parallel'], sound, 'TOTAL-PASSED');
add(['valid-reversed', 'the accountant signed first'], await sign([accountant, head]), 'TOTAL-PASSED');
add(
  ['valid-bare', 'the CMS carries only the signers, the issuing certificate comes beside it'],
  await sign([head, accountant], []),
  'TOTAL-PASSED',
  { intermediates: ['issuing.pem'] },
);
add(
  ['valid-last-second', 'the very last second of a certificate'],
  await sign([brief, accountant]),
  'TOTAL-PASSED',
);

add(
  ['content-altered', 'one letter of the report is another'],
  sound,
  ['TOTAL-FAILED', 'content_digest', 'content_altered'],
  { content: 'report-altered.xml' },
);
add(
  ['content-line-ends', 'CRLF became LF on the way'],
  sound,
  ['TOTAL-FAILED', 'content_digest', 'content_altered'],
  { content: 'report-lf.xml' },
);
add(
  ['signature-exchanged', 'the signers carry each other’s signature'],
  damaged.withSignaturesExchanged(sound),
  ['TOTAL-FAILED', 'signature', 'signature_wrong'],
);
add(['one-signer', 'the accountant has not signed'], await sign([head]), [
  'TOTAL-FAILED',
  'roles',
  'role_missing',
]);
add(['role-twice', 'two heads'], await sign([head, await other('head', COMPANY_INN)]), [
  'TOTAL-FAILED',
  'roles',
  'role_twice',
]);
add(
  ['three-signers', 'the operator signed too'],
  await sign([head, accountant, await authority.issue({ profile: 'operator' })]),
  ['TOTAL-FAILED', 'roles', 'role_unexpected'],
);
add(
  ['other-company', 'the head of another company'],
  await sign([await other('head', '02202199910002'), accountant]),
  ['TOTAL-FAILED', 'company_inn', 'other_company'],
);
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
add(
  ['issuer-unknown', 'signers of an authority nobody knows'],
  await sign(
    [await unknown.issue({ profile: 'head' }), await unknown.issue({ profile: 'accountant' })],
    [unknown.intermediate],
  ),
  ['INDETERMINATE', 'chain', 'issuer_unknown'],
);
add(
  ['issuer-namesake', 'the trusted root has the name but not the key'],
  sound,
  ['TOTAL-FAILED', 'chain', 'issuer_signature_wrong'],
  { trustAnchors: ['namesake-root.pem'] },
);
add(['issuer-missing', 'the issuing certificate is nowhere'], await sign([head, accountant], []), [
  'INDETERMINATE',
  'chain',
  'issuer_unknown',
]);
add(['signer-twice', 'the same SignerInfo twice'], damaged.withSignerTwice(sound), [
  'TOTAL-FAILED',
  'duplicate_signer',
  'same_certificate_twice',
]);
add(
  ['stray-certificate', 'a certificate no signer leads to'],
  await sign([head, accountant], [authority.intermediate, unknown.intermediate]),
  ['TOTAL-FAILED', 'certificates', 'unused_certificate'],
);
add(
  ['not-cades', 'no signing-certificate attribute'],
  await damaged.signWithAttributes(CONTENT, head, [authority.intermediate], []),
  ['TOTAL-FAILED', 'signing_certificate', 'not_cades'],
);
const named = [[OID.signingCertificateV2, damaged.signingCertificateValue(accountant.certificate)]] as const;
add(
  ['names-other', 'the attribute names another certificate'],
  await damaged.signWithAttributes(CONTENT, head, [authority.intermediate], named),
  ['TOTAL-FAILED', 'signing_certificate', 'names_other_certificate'],
);
add(['unsigned-attribute', 'an attribute nothing vouches for'], damaged.withUnsignedAttribute(sound), [
  'INDETERMINATE',
  'signature',
  'unsigned_attributes',
]);
add(
  ['digest-algorithms', 'the list names SHA-512, the signers SHA-256'],
  damaged.withOtherDigestAlgorithm(sound),
  ['TOTAL-FAILED', 'structure', 'digest_algorithms_differ'],
);
add(['ber-indefinite', 'an indefinite length'], damaged.withIndefiniteLength(sound), [
  'TOTAL-FAILED',
  'structure',
  'malformed',
]);
add(['ber-padded-length', 'a length that is not minimal'], damaged.withPaddedLength(sound), [
  'TOTAL-FAILED',
  'structure',
  'malformed',
]);
add(['trailing-byte', 'one byte after the end'], Buffer.concat([sound, Buffer.of(0)]), [
  'TOTAL-FAILED',
  'structure',
  'malformed',
]);
add(['truncated', 'one byte is missing'], sound.subarray(0, -1), ['TOTAL-FAILED', 'structure', 'malformed']);
add(['attached', 'the content is inside'], damaged.withContentInside(sound, CONTENT), [
  'TOTAL-FAILED',
  'structure',
  'malformed',
]);
add(['empty', 'no bytes at all'], new Uint8Array(), ['TOTAL-FAILED', 'structure', 'malformed']);

write('index.json', `${JSON.stringify(cases, null, 2)}\n`);
