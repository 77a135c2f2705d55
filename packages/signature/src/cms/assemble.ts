import type { Certificate } from '../certificate/certificate.ts';
import { sameBytes } from '../der/read-values.ts';
import { OID } from '../oids.ts';
import type { PreparedSigner } from './prepare-signer.ts';
import { readSignedData, type SignerInfo } from './signed-data.ts';
import { SigningError } from './signing-error.ts';
import { SHA256_IDENTIFIER, writeSignedData, writeSignerInfo } from './write-signed-data.ts';

export interface SignerParts {
  readonly prepared: PreparedSigner;
  /** Made over `prepared.toBeSigned`; ECDSA in DER form. Not verified here. */
  readonly signature: Uint8Array;
  /** The issuing certificates to carry along; the signer's own is added by itself. */
  readonly certificates: readonly Certificate[];
}

const withNew = (existing: readonly Uint8Array[], added: readonly Certificate[]): Uint8Array[] => {
  const all = [...existing];
  for (const { der } of added) if (!all.some((one) => sameBytes(one, der))) all.push(der);
  return all;
};

/** Second step of signing: DER of a detached CMS with one signer. */
export const assembleSignedData = ({ prepared, signature, certificates }: SignerParts): Uint8Array =>
  writeSignedData({
    digestAlgorithms: [SHA256_IDENTIFIER],
    certificates: withNew([], [prepared.certificate, ...certificates]),
    signerInfos: [writeSignerInfo(prepared, signature)],
  });

const isSignedBy = (info: SignerInfo, { issuerRaw, serialRaw }: Certificate): boolean =>
  sameBytes(info.issuerRaw, issuerRaw) && sameBytes(info.serialRaw, serialRaw);

/**
 * Adds a parallel signer. Every SignerInfo, certificate and digest identifier already there is carried over byte for byte;
 * DER's order of a SET may move them. Throws MalformedError for a `cms` that cannot be read strictly, and SigningError
 * `duplicate_signer` (this certificate has signed already) or `other_content` (the signers there signed other bytes).
 */
export const addSigner = (
  cms: Uint8Array,
  { prepared, signature, certificates }: SignerParts,
): Uint8Array => {
  const existing = readSignedData(cms);
  if (existing.signerInfos.some((info) => isSignedBy(info, prepared.certificate)))
    throw new SigningError('duplicate_signer');
  const isSameContent = existing.signerInfos.every(
    ({ digestOid, attributes }) =>
      digestOid !== OID.sha256 || sameBytes(attributes.messageDigest, prepared.contentSha256),
  );
  if (!isSameContent) throw new SigningError('other_content');
  const hasSha256 = existing.digestOids.includes(OID.sha256);
  return writeSignedData({
    digestAlgorithms: hasSha256
      ? existing.digestAlgorithms
      : [...existing.digestAlgorithms, SHA256_IDENTIFIER],
    certificates: withNew(existing.certificates, [prepared.certificate, ...certificates]),
    signerInfos: [...existing.signerInfos.map(({ raw }) => raw), writeSignerInfo(prepared, signature)],
  });
};
