/** The files of an evidence bundle; the same list stands in templates/verify.sh. */
export const RECEIPT_NAMES = ['agency-receipt', 'decision'] as const;
export type ReceiptName = (typeof RECEIPT_NAMES)[number];

export const ALWAYS_THERE = [
  'VERIFY.md',
  'certs/chain.pem',
  'certs/root.pem',
  'postmark.json',
  'postmark.p7s',
  'report.p7s',
  'report.xml',
  'verify.sh',
] as const;

export const MANIFEST = 'MANIFEST';
export const MANIFEST_SIGNATURE = 'MANIFEST.p7s';
/** Bare ECDSA signature (DER) over every byte of MANIFEST.p7s, by the same key: openssl passes over some bytes inside a CMS. */
export const MANIFEST_SEAL = 'MANIFEST.sig';

/** Paths of a receipt's document and of its signature. */
export const receiptPaths = (name: ReceiptName) =>
  ({ json: `receipts/${name}.json`, p7s: `receipts/${name}.p7s` }) as const;

const OTHER_CERTIFICATE = /^certs\/[a-z]+-[0-9a-f]{16}\.pem$/;

/** True for a path that a bundle may hold beside those always there. */
export const isOptionalPath = (path: string): boolean =>
  OTHER_CERTIFICATE.test(path) ||
  RECEIPT_NAMES.some((name) => Object.values<string>(receiptPaths(name)).includes(path));

/** More than a year of reports would take; guards against zip bombs. */
export const MAX_BUNDLE_BYTES = 64 * 1024 * 1024;
