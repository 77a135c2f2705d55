import { readFileSync } from 'node:fs';
import { certificateToPem, readCertificate } from '@sochi/signature';
import type { RevocationFile } from '#modules/certification/index.ts';
import {
  DELEGATION,
  otherCertificatePath,
  receiptPaths,
  revocationPath,
  type ReceiptName,
  type RevocationDocument,
} from './bundle-layout.ts';
import { sealBundle, type BundleSealer } from './seal-bundle.ts';

/** A document as it was signed, and its signature with the timestamp. */
interface SignedDocument {
  readonly json: Uint8Array;
  readonly p7s: Uint8Array;
}

export interface EvidenceBundleInput extends BundleSealer {
  /** The exact signed bytes. */
  readonly reportXml: Uint8Array;
  readonly reportP7s: Uint8Array;
  readonly postmarkJson: Uint8Array;
  readonly postmarkP7s: Uint8Array;
  /** Null unless the head's signature was made by one. */
  readonly delegation: SignedDocument | null;
  /** Empty until the report was handed over. */
  readonly receipts: readonly (SignedDocument & { readonly name: ReceiptName })[];
  /** What was known of revocation when each document was signed. */
  readonly revocation: readonly (RevocationFile & { readonly document: RevocationDocument })[];
  /** DER; `others` are signers' certificates, given for people to look at. */
  readonly certificates: {
    readonly root: Uint8Array;
    readonly intermediates: readonly Uint8Array[];
    readonly others: readonly Uint8Array[];
  };
}

const template = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./templates/${name}`, import.meta.url)));

const pemOf = (ders: readonly Uint8Array[]): Uint8Array => Buffer.from(ders.map(certificateToPem).join(''));

const otherCertificates = (ders: readonly Uint8Array[]): [string, Uint8Array][] =>
  ders.map((der) => [otherCertificatePath(readCertificate(der)), pemOf([der])]);

const documentFiles = (
  paths: { readonly json: string; readonly p7s: string },
  { json, p7s }: SignedDocument,
): [string, Uint8Array][] => [
  [paths.json, json],
  [paths.p7s, p7s],
];

/** Every file of a bundle but the manifest and what is made of it. Throws MalformedError for a bad certificate. */
export const bundleFiles = ({ certificates, ...input }: EvidenceBundleInput): Map<string, Uint8Array> => {
  const { root, intermediates, others } = certificates;
  return new Map([
    ['report.xml', input.reportXml],
    ['report.p7s', input.reportP7s],
    ['postmark.json', input.postmarkJson],
    ['postmark.p7s', input.postmarkP7s],
    ...(input.delegation === null ? [] : documentFiles(DELEGATION, input.delegation)),
    ...input.receipts.flatMap((receipt) => documentFiles(receiptPaths(receipt.name), receipt)),
    ...input.revocation.map(({ document, file, bytes }): [string, Uint8Array] => [
      revocationPath(document, file),
      bytes,
    ]),
    ['certs/root.pem', pemOf([root])],
    // openssl refuses an empty -certfile, so a root that issues by itself stands for the chain.
    ['certs/chain.pem', pemOf(intermediates.length === 0 ? [root] : intermediates)],
    ...otherCertificates(others),
    ['VERIFY.md', template('VERIFY.md')],
    ['verify.sh', template('verify.sh')],
  ]);
};

/**
 * Packs all that proves a filing into a zip a stranger can check offline with verify.sh. Nothing is verified here. The
 * same input gives the same bytes, but for the manifest's signature. Throws MalformedError for a bad certificate.
 */
export const buildEvidenceBundle = (input: EvidenceBundleInput): Promise<Uint8Array> =>
  sealBundle(bundleFiles(input), input);
