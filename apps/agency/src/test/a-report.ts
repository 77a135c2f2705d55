import { signDetached } from '@sochi/signature';
import { randomUUID } from 'node:crypto';
import type { TestAuthority, TestSigner } from './authority.ts';

/** A submission as it travels. */
export type SubmissionBody = {
  number: string;
  formId: string;
  period: { from: string; to: string };
  companyInn: string;
  office: string;
  report: string;
  signature: string;
};

export const COMPANY_INN = '01201201210012';

/** A report in the form the agency looks at, of about the size of a real one. */
export const reportXml = (tin = COMPANY_INN, note = ''): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<FORM>\n  <TIN>${tin}</TIN>\n  <NOTE>${note}</NOTE>\n${'  <STI091X050>0</STI091X050>\n'.repeat(120)}</FORM>\n`,
  );

/** Detached CMS of all signers over `content`. */
export const signBy = async (
  authority: TestAuthority,
  content: Uint8Array,
  signers: readonly TestSigner[],
): Promise<Uint8Array> => {
  let cms: Uint8Array | undefined;
  for (const signer of signers) {
    cms = await signDetached({
      content,
      ...signer,
      signingTime: Temporal.Now.instant(),
      certificates: [authority.issuing],
      ...(cms ? { addTo: cms } : {}),
    });
  }
  if (!cms) throw new Error('somebody must sign');
  return cms;
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A company whose two officers sign. */
export const aCompany = async (authority: TestAuthority, inn = COMPANY_INN) => {
  const head = await authority.officer('head', inn);
  const accountant = await authority.officer('accountant', inn);
  return {
    inn,
    head,
    accountant,
    /** A submission with both signatures, under a number of its own unless told. */
    async report(more: Partial<SubmissionBody> = {}, xml = reportXml(inn)): Promise<SubmissionBody> {
      return {
        number: `T-${randomUUID()}`,
        formId: 'gns/sti-091/9',
        period: { from: '2026-07-01', to: '2026-09-30' },
        companyInn: inn,
        office: '004',
        report: base64(xml),
        signature: base64(await signBy(authority, xml, [accountant, head])),
        ...more,
      };
    },
  };
};
export type TestCompany = Awaited<ReturnType<typeof aCompany>>;
