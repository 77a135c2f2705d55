import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { certificateToPem, readCertificate } from '@sochi/signature';
import { zipSync, type Zippable } from 'fflate';
import {
  DELEGATION,
  MANIFEST,
  MANIFEST_SEAL,
  MANIFEST_SIGNATURE,
  receiptPaths,
  revocationPath,
  shortPrint,
  type ReceiptName,
  type RevocationDocument,
} from './bundle-layout.ts';
import type { RevocationFile } from './revocation-files.ts';

/** A document as it was signed, and its signature with the timestamp. */
interface SignedDocument {
  readonly json: Uint8Array;
  readonly p7s: Uint8Array;
}

export interface EvidenceBundleInput {
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
  /** Signs the manifest with the operator's key: gives a detached CMS, DER. */
  readonly operatorSigner: (manifest: Uint8Array) => Promise<Uint8Array>;
  /** The same key's bare signature (ECDSA with SHA-256, DER) over the manifest's signature. */
  readonly operatorSeal: (manifestSignature: Uint8Array) => Promise<Uint8Array>;
}

const template = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./templates/${name}`, import.meta.url)));

const pemOf = (ders: readonly Uint8Array[]): Uint8Array => Buffer.from(ders.map(certificateToPem).join(''));

const otherCertificates = (ders: readonly Uint8Array[]): [string, Uint8Array][] =>
  ders.map((der) => {
    const { subject, sha256 } = readCertificate(der);
    return [`certs/${subject.role ?? 'ca'}-${shortPrint(sha256)}.pem`, pemOf([der])];
  });

const documentFiles = (
  paths: { readonly json: string; readonly p7s: string },
  { json, p7s }: SignedDocument,
): [string, Uint8Array][] => [
  [paths.json, json],
  [paths.p7s, p7s],
];

const filesOf = ({ certificates, ...input }: EvidenceBundleInput): Map<string, Uint8Array> => {
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

const manifestOf = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const lines = [...files]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`);
  return Buffer.from(lines.join(''));
};

// A constant, made from local parts as fflate reads it by local parts: the same bytes in every zone.
const FIXED_TIME = new Date(2026, 0, 1, 12, 0, 0);
const UNIX = 3;

const zipped = (files: ReadonlyMap<string, Uint8Array>): Uint8Array => {
  const entries: Zippable = {};
  for (const [path, bytes] of files) {
    const mode = path === 'verify.sh' ? 0o100755 : 0o100644;
    entries[path] = [bytes, { os: UNIX, attrs: mode * 65536, mtime: FIXED_TIME, level: 6 }];
  }
  return zipSync(entries);
};

/**
 * Packs all that proves a filing into a zip a stranger can check offline with verify.sh. Nothing is verified here. The
 * same input gives the same bytes, but for the manifest's signature. Throws MalformedError for a bad certificate.
 */
export const buildEvidenceBundle = async (input: EvidenceBundleInput): Promise<Uint8Array> => {
  const files = filesOf(input);
  const manifest = manifestOf(files);
  files.set(MANIFEST, manifest);
  const signature = await input.operatorSigner(manifest);
  files.set(MANIFEST_SIGNATURE, signature);
  files.set(MANIFEST_SEAL, await input.operatorSeal(signature));
  return zipped(files);
};
