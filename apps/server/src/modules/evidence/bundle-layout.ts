/** The files of an evidence bundle; the same list stands in templates/verify.sh. */

import type { Certificate } from '@sochi/signature';

/** What comes after the postmark, in the order it does. */
export const RECEIPT_NAMES = ['hand-over', 'agency-receipt', 'decision', 'correction'] as const;
export type ReceiptName = (typeof RECEIPT_NAMES)[number];

/** The documents that word of revocation is kept for; the report's signatures share the postmark's. */
export const REVOCATION_DOCUMENTS = ['postmark', 'delegation', ...RECEIPT_NAMES] as const;
export type RevocationDocument = (typeof REVOCATION_DOCUMENTS)[number];

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

/** Paths of a document and of its signature. */
interface DocumentPaths {
  readonly json: string;
  readonly p7s: string;
}

export const receiptPaths = (name: ReceiptName): DocumentPaths => ({
  json: `receipts/${name}.json`,
  p7s: `receipts/${name}.p7s`,
});

/** There when the head's signature was made on the head's behalf. */
export const DELEGATION: DocumentPaths = {
  json: 'delegation/delegation.json',
  p7s: 'delegation/delegation.p7s',
};

/** Where a list or an answer lies that was taken when the document was signed; `file` as the certification centre names it. */
export const revocationPath = (document: RevocationDocument, file: string): string =>
  `revocation/${document}/${file}`;

/** The first half of a certificate's SHA-256 that file names carry. */
export const shortPrint = (sha256: string): string => sha256.slice(0, 16);

/** Where a signer's certificate lies. */
export const otherCertificatePath = ({ subject, sha256 }: Pick<Certificate, 'subject' | 'sha256'>): string =>
  `certs/${subject.role ?? 'ca'}-${shortPrint(sha256)}.pem`;

const OTHER_CERTIFICATE = /^certs\/[a-z]+-[0-9a-f]{16}\.pem$/;
const REVOCATION = new RegExp(`^revocation/(${REVOCATION_DOCUMENTS.join('|')})/[0-9a-f]{16}\\.(crl|ocsp)$`);

const DOCUMENTS: ReadonlySet<string> = new Set(
  [DELEGATION, ...RECEIPT_NAMES.map(receiptPaths)].flatMap(({ json, p7s }) => [json, p7s]),
);

/** True for a path that a bundle may hold beside those always there. */
export const isOptionalPath = (path: string): boolean =>
  DOCUMENTS.has(path) || OTHER_CERTIFICATE.test(path) || REVOCATION.test(path);

/** More than a year of reports would take; guards against zip bombs. */
export const MAX_BUNDLE_BYTES = 64 * 1024 * 1024;
