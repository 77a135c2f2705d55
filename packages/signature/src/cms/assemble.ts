import { digestNamedBy } from '../algorithms/registry.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { sameBytes } from '../der/read-values.ts';
import type { PreparedSigner } from './prepare-signer.ts';
import { readSignedData, type SignerInfo } from './signed-data.ts';
import type { DigestLookup } from './signed-content.ts';
import { SigningError } from './signing-error.ts';
import { writeSignedData, writeSignerInfo } from './write-signed-data.ts';

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
    digestAlgorithms: [prepared.algorithm.digest.identifier],
    certificates: withNew([], [prepared.certificate, ...certificates]),
    signerInfos: [writeSignerInfo(prepared, signature)],
  });

const isSignedBy = (info: SignerInfo, { issuerRaw, serialRaw }: Certificate): boolean =>
  sameBytes(info.issuerRaw, issuerRaw) && sameBytes(info.serialRaw, serialRaw);

// Where signers use different digests and only one is known, verification will tell.
const isOverOtherContent = ({ digestAlgorithm, attributes }: SignerInfo, digestOf: DigestLookup): boolean => {
  const digest = digestNamedBy(digestAlgorithm);
  const own = digest && digestOf(digest);
  return own !== undefined && !sameBytes(attributes.messageDigest, own);
};

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
  if (existing.signerInfos.some((info) => isOverOtherContent(info, prepared.digestOf)))
    throw new SigningError('other_content');
  const { digest } = prepared.algorithm;
  const isNamed = existing.digestAlgorithms.some((one) => digestNamedBy(one) === digest);
  return writeSignedData({
    digestAlgorithms: isNamed ? existing.digestAlgorithms : [...existing.digestAlgorithms, digest.identifier],
    certificates: withNew(existing.certificates, [prepared.certificate, ...certificates]),
    signerInfos: [...existing.signerInfos.map(({ raw }) => raw), writeSignerInfo(prepared, signature)],
  });
};
