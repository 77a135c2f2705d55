import { createHash } from 'node:crypto';
import type { ReportDelivery } from '../outcome.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const REPORT = bytes(
  `<report><TIN>01503201810015</TIN><secret>${'Зарплата директора 95000. '.repeat(20)}</secret></report>`,
);
export const SIGNATURE = new Uint8Array(createHash('sha512').update('a signature').digest());
export const RECEIPT = {
  agencyNumber: 'А-2026-000000001',
  json: bytes('{"receipt":1}\n'),
  p7s: bytes('signed'),
};

/** The report the contract suite delivers. */
export const aDelivery = (): ReportDelivery => ({
  number: '2026-00000042',
  formId: 'gns/sti-091/9',
  period: { from: '2026-07-01', to: '2026-09-30' },
  companyInn: '01503201810015',
  office: '004',
  reportXml: REPORT,
  signature: SIGNATURE,
  reportSha256: sha256(REPORT),
  signatureSha256: sha256(SIGNATURE),
});
