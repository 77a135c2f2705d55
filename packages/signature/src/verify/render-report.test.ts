import { expect, it } from 'vitest';
import { signDetached } from '../cms/sign-detached.ts';
import { createDemoAuthority, SIGNED_AT } from '../testing/demo-authority.ts';
import { CHECKS, REASONS } from './check-names.ts';
import { renderVerificationReport } from './render-report.ts';
import { verificationTexts, type ReportLanguage } from './verification-texts.ts';
import { verifySignedData } from './verify-signed-data.ts';

const LANGUAGES: readonly ReportLanguage[] = ['ru', 'ky', 'en'];

const authority = await createDemoAuthority();
const head = await authority.issue({ profile: 'head' });
const content = Buffer.from('отчёт');
const cms = await signDetached({
  content,
  ...head,
  signingTime: SIGNED_AT,
  certificates: [authority.intermediate],
});

const verify = (changes: { readonly content?: Uint8Array; readonly at?: Temporal.Instant } = {}) =>
  verifySignedData({ cms, content, trustAnchors: [authority.root], at: SIGNED_AT, ...changes });

it('says that all is well, and who signed', async () => {
  const lines = renderVerificationReport(await verify(), 'ru').split('\n');
  expect(lines).toContain('подписавший 1: Test head (head)');
  expect(lines.at(-1)).toBe('TOTAL-PASSED: ПОДПИСИ ВЕРНЫ');
  expect(lines.filter((line) => /^ *[-?] /.test(line))).toEqual([]);
});

it('names what is wrong in words and in ETSI’s', async () => {
  const report = await verify({ content: Buffer.from('x') });
  expect(report).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' });
  const text = renderVerificationReport(report, 'en');
  expect(text).toContain('WRONG: the signed file was altered [content_altered, HASH_FAILURE]');
  expect(text.split('\n').at(-1)).toBe('TOTAL-FAILED HASH_FAILURE: THE SIGNATURES DO NOT HOLD');
});

it('has its own words for everything in every language', () => {
  for (const language of LANGUAGES) {
    const { checks, reasons } = verificationTexts[language];
    expect(new Set(Object.values(checks)).size).toBe(CHECKS.length);
    expect(new Set(Object.values(reasons)).size).toBe(REASONS.length);
  }
});
