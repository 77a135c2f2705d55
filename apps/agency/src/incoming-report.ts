import { createHash } from 'node:crypto';
import { z } from 'zod';

const Bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));

/** How a report is numbered by the operator that hands it over. */
export const ReportNumber = z.string().regex(/^[\w-]{1,64}$/);

const Wire = z.strictObject({
  number: ReportNumber,
  formId: z.string().max(100),
  period: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
  companyInn: z.string().regex(/^\d{14}$/),
  office: z.string().max(20),
  report: Bytes,
  signature: Bytes,
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A report as the operator hands it over. Hashes are SHA-256 of the bytes that came, lower-case hex. */
export const IncomingReport = Wire.transform((wire) => ({
  ...wire,
  reportSha256: sha256(wire.report),
  signatureSha256: sha256(wire.signature),
}));
export type IncomingReport = z.output<typeof IncomingReport>;
