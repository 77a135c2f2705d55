/** Ways of making a CMS wrong that the package's own functions would never write. */
import { createHash } from 'node:crypto';
import { DIGESTS, type DigestName } from '../algorithms/digest-algorithm.ts';
import { algorithmNamed, defaultAlgorithm } from '../algorithms/registry.ts';
import type { SignatureAlgorithm } from '../algorithms/signature-algorithm.ts';
import { signBytes } from '../algorithms/sign-bytes.ts';
import { readSignedData } from '../cms/signed-data.ts';
import { writeSignedData, writeSignerInfo } from '../cms/write-signed-data.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { bodyOf, childrenOf, rawOf, readDer } from '../der/read-der.ts';
import { sameBytes } from '../der/read-values.ts';
import { TAG } from '../der/tags.ts';
import { derOctetString, derOid, derSequence, derSetOf, derValue } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import type { Signer } from './demo-authority.ts';

const attribute = (oid: string, value: Uint8Array) => derSequence(derOid(oid), derSetOf([value]));

const ownAlgorithm = (certificate: Certificate): SignatureAlgorithm => {
  const algorithm = defaultAlgorithm(certificate);
  if (algorithm === undefined) throw new Error('no algorithm for this key');
  return algorithm;
};

/** Signs with any attributes beside content type and digest; gives the DER of the CMS. */
export const signWithAttributes = async (
  content: Uint8Array,
  {
    certificate,
    privateKey,
    algorithm = ownAlgorithm(certificate),
  }: Signer & { readonly algorithm?: SignatureAlgorithm },
  certificates: readonly Certificate[],
  attributes: readonly (readonly [string, Uint8Array])[],
): Promise<Uint8Array> => {
  const toBeSigned = derSetOf([
    attribute(OID.contentType, derOid(OID.data)),
    attribute(OID.messageDigest, derOctetString(algorithm.digest.digest(content))),
    ...attributes.map(([oid, value]) => attribute(oid, value)),
  ]);
  const signature = await signBytes(privateKey, toBeSigned, algorithm);
  return writeSignedData({
    digestAlgorithms: [algorithm.digest.identifier],
    certificates: [certificate, ...certificates].map(({ der }) => der),
    signerInfos: [writeSignerInfo({ certificate, algorithm, toBeSigned }, signature)],
  });
};

/** The signing-certificate attribute's value, naming this certificate. */
export const signingCertificateValue = ({ der }: Certificate): Uint8Array =>
  derSequence(derSequence(derSequence(derOctetString(createHash('sha256').update(der).digest()))));

const rewritten = (
  cms: Uint8Array,
  signerInfos: readonly Uint8Array[],
  digests?: readonly Uint8Array[],
): Uint8Array => {
  const { digestAlgorithms, certificates } = readSignedData(cms);
  return writeSignedData({ digestAlgorithms: digests ?? digestAlgorithms, certificates, signerInfos });
};

const infosOf = (cms: Uint8Array) => readSignedData(cms).signerInfos.map(({ raw }) => raw);

/** The first SignerInfo comes twice. */
export const withSignerTwice = (cms: Uint8Array): Uint8Array =>
  rewritten(cms, [...infosOf(cms).slice(0, 1), ...infosOf(cms)]);

/** The SignerInfos exchange their signatures. */
export const withSignaturesExchanged = (cms: Uint8Array): Uint8Array => {
  const nodes = infosOf(cms).map((raw) => childrenOf(readDer(raw)).map(rawOf));
  const signatures = nodes.map((parts) => parts.at(-1) ?? new Uint8Array()).toReversed();
  return rewritten(
    cms,
    nodes.map((parts, index) => derSequence(...parts.slice(0, -1), signatures[index] ?? new Uint8Array())),
  );
};

/** RSA with SHA-1, as the registry would write it if it had it. */
export const RSA_WITH_SHA1: SignatureAlgorithm = {
  ...algorithmNamed('rsa-pkcs1-sha256'),
  digest: {
    ...DIGESTS.sha256,
    // Only node:crypto gets to see this name.
    name: 'sha1' as DigestName,
    identifier: derSequence(derOid(OID.sha1)),
    digest: (data) => createHash('sha1').update(data).digest(),
  },
};

/** Each SignerInfo gets an unsigned attribute. */
export const withUnsignedAttribute = (cms: Uint8Array): Uint8Array => {
  const unsigned = derSetOf(
    [attribute('1.2.3.4', derOctetString(new Uint8Array(4)))],
    TAG.context1Constructed,
  );
  return rewritten(
    cms,
    infosOf(cms).map((raw) => derSequence(bodyOf(readDer(raw)), unsigned)),
  );
};

/** The list of digest algorithms names another one. */
export const withOtherDigestAlgorithm = (cms: Uint8Array): Uint8Array =>
  rewritten(cms, infosOf(cms), [derSequence(derOid('2.16.840.1.101.3.4.2.3'))]);

/** The outermost length is written BER's indefinite way. */
export const withIndefiniteLength = (cms: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.of(0x30, 0x80), bodyOf(readDer(cms)), Buffer.of(0, 0)]);

/** The outermost length takes a byte more than it needs. */
export const withPaddedLength = (cms: Uint8Array): Uint8Array => {
  const body = bodyOf(readDer(cms));
  return Buffer.concat([Buffer.of(0x30, 0x83, 0, body.length >> 8, body.length & 0xff), body]);
};

/** The content is put inside, so that the CMS is no longer detached. */
export const withContentInside = (cms: Uint8Array, content: Uint8Array): Uint8Array => {
  const [oid, wrapped] = childrenOf(readDer(cms));
  const [signedData] = wrapped === undefined ? [] : childrenOf(wrapped);
  const [version, digests, , ...rest] = signedData === undefined ? [] : childrenOf(signedData).map(rawOf);
  if (oid === undefined || version === undefined || digests === undefined) throw new Error('not a CMS');
  const inside = derSequence(derOid(OID.data), derValue(TAG.context0Constructed, derOctetString(content)));
  return derSequence(
    rawOf(oid),
    derValue(TAG.context0Constructed, derSequence(version, digests, inside, ...rest)),
  );
};

/** The signers of two CMS over the same content, in one. */
export const joined = (one: Uint8Array, other: Uint8Array): Uint8Array =>
  rewritten(one, [...infosOf(one), ...infosOf(other)]);

/** One certificate is not carried. */
export const withoutCertificate = (cms: Uint8Array, { der }: Certificate): Uint8Array => {
  const { digestAlgorithms, certificates, signerInfos } = readSignedData(cms);
  return writeSignedData({
    digestAlgorithms,
    certificates: certificates.filter((one) => !sameBytes(one, der)),
    signerInfos: signerInfos.map(({ raw }) => raw),
  });
};

/** Every SignerInfo names this signature algorithm (AlgorithmIdentifier, DER). */
export const withSignatureAlgorithm = (cms: Uint8Array, identifier: Uint8Array): Uint8Array =>
  rewritten(
    cms,
    readSignedData(cms).signerInfos.map(({ raw, signatureAlgorithm }) =>
      derSequence(
        ...childrenOf(readDer(raw))
          .map(rawOf)
          .map((part) => (sameBytes(part, signatureAlgorithm) ? identifier : part)),
      ),
    ),
  );

/** The SignerInfos stand in the opposite of DER's order. */
export const withSignersReversed = (cms: Uint8Array): Uint8Array => {
  const raws = infosOf(cms);
  const set = Buffer.concat(raws);
  const at = Buffer.from(cms).lastIndexOf(set);
  return Buffer.concat([cms.subarray(0, at), ...raws.toReversed(), cms.subarray(at + set.length)]);
};

/** So many levels of an indefinite length around nothing. */
export const nested = (levels: number): Uint8Array =>
  Buffer.concat([Buffer.alloc(levels * 2, Buffer.of(0x30, 0x80)), Buffer.alloc(levels * 2)]);

/** The first signer's signed attributes stand in the opposite of DER's order; they were signed in it. */
export const withAttributesReversed = (cms: Uint8Array): Uint8Array => {
  const [first] = readSignedData(cms).signerInfos;
  const attributes = childrenOf(readDer(first?.toBeSigned ?? cms)).map(rawOf);
  const written = Buffer.concat(attributes);
  const at = Buffer.from(cms).indexOf(written);
  const rest = cms.subarray(at + written.length);
  return Buffer.concat([cms.subarray(0, at), ...attributes.toReversed(), rest]);
};
