import { createVerificationCache } from '@sochi/signature';
import { beforeAll, expect, it } from 'vitest';
import { IncomingReport } from './incoming-report.ts';
import { reasonsToRefuse } from './reasons-to-refuse.ts';
import {
  aCompany,
  COMPANY_INN,
  reportXml,
  signBy,
  type SubmissionBody,
  type TestCompany,
} from './test/a-report.ts';
import { createTestAuthority, type TestAuthority } from './test/authority.ts';

const OTHER_INN = '02202202220023';
let authority: TestAuthority;
let company: TestCompany;

beforeAll(async () => {
  authority = await createTestAuthority();
  company = await aCompany(authority);
});

const reasons = (
  body: SubmissionBody,
  { representedParty = COMPANY_INN, at = Temporal.Now.instant(), root = authority.root } = {},
): Promise<string[]> =>
  reasonsToRefuse(
    { key: { trustAnchor: root }, cache: createVerificationCache() },
    IncomingReport.parse(body),
    {
      representedParty,
      at,
    },
  );

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

it('has none against a report that both officers signed', async () => {
  expect(await reasons(await company.report())).toEqual([]);
});

it('refuses a report with one signature', async () => {
  const xml = reportXml();
  const signature = base64(await signBy(authority, xml, [company.head]));
  expect(await reasons(await company.report({ signature }, xml))).toEqual(['signature.roles.role_missing']);
});

it('refuses a byte changed after signing', async () => {
  const { signature } = await company.report();
  const altered = base64(reportXml(COMPANY_INN, 'x'));
  expect(await reasons(await company.report({ signature, report: altered }))).toContain(
    'signature.content_digest.content_altered',
  );
});

it('refuses signatures of another company, whoever hands them over', async () => {
  const other = await aCompany(authority, OTHER_INN);
  const xml = reportXml(COMPANY_INN);
  const signature = base64(await signBy(authority, xml, [other.head, other.accountant]));
  expect(await reasons(await company.report({ signature }, xml))).toEqual([
    'signature.company_inn.other_company',
  ]);
});

it('refuses officers of a stranger’s authority, even of the same name', async () => {
  const stranger = await createTestAuthority();
  expect(await reasons(await company.report(), { root: stranger.root })).toContain(
    'signature.chain.issuer_signature_wrong',
  );
});

it('refuses certificates that have expired', async () => {
  const at = Temporal.Now.instant().add({ hours: 48 });
  expect(await reasons(await company.report(), { at })).toContain('signature.validity.expired');
});

it('refuses garbage in place of a signature', async () => {
  const signature = base64(Buffer.from('garbage'));
  expect(await reasons(await company.report({ signature }))).toEqual(['signature.structure.malformed']);
});

it.each([
  ['another taxpayer', reportXml(OTHER_INN)],
  ['no taxpayer', Buffer.from('<FORM/>')],
  ['two taxpayers', Buffer.from(`<FORM><!--<TIN>${COMPANY_INN}</TIN>--><TIN>${COMPANY_INN}</TIN></FORM>`)],
  ['half a taxpayer', Buffer.from(`<FORM><TIN>${COMPANY_INN}`)],
])('refuses a report that names %s', async (_, xml) => {
  expect(await reasons(await company.report({}, xml))).toEqual(['taxpayer_is_another']);
});

it('refuses a call on behalf of another company', async () => {
  expect(await reasons(await company.report(), { representedParty: OTHER_INN })).toEqual([
    'represented_party_is_another',
  ]);
});
