/** CAdES-T (ETSI EN 319 122-1 §5.3): a timestamp over a signature, carried beside it as an unsigned attribute. */
import { childrenOf, rawOf, readDer } from '../der/read-der.ts';
import { TAG } from '../der/tags.ts';
import { derSequence, derSetOf } from '../der/write-der.ts';
import { OID } from '../oids.ts';
import { attributeWriter } from './attribute.ts';
import { readSignedData, type SignerInfo } from './signed-data.ts';
import { SigningError } from './signing-error.ts';
import { writeSignedData } from './write-signed-data.ts';

const timestampAttribute = attributeWriter(OID.signatureTimeStampToken);

/** The signatures of a CMS in the order of its SignerInfos: what timestamps are taken over. Throws MalformedError. */
export const signatureValues = (cms: Uint8Array): Uint8Array[] =>
  readSignedData(cms).signerInfos.map(({ signature }) => signature);

const stamped = ({ raw }: SignerInfo, token: Uint8Array): Uint8Array => {
  const parts = childrenOf(readDer(raw, { maxBytes: raw.length, maxDepth: 32 }));
  const unsigned = parts.find(({ tag }) => tag === TAG.context1Constructed);
  const signed = parts.filter((part) => part !== unsigned).map(rawOf);
  const attributes = unsigned === undefined ? [] : childrenOf(unsigned).map(rawOf);
  return derSequence(
    ...signed,
    derSetOf([...attributes, timestampAttribute(token)], TAG.context1Constructed),
  );
};

/**
 * Puts a timestamp token (DER) beside each signature it was taken over; `tokens` go by the order of `signatureValues`, undefined
 * leaves that signer as it is. Nothing else changes by a byte, but DER's order of a SET may move the SignerInfos, so that the
 * order of `signatureValues` is another afterwards. Throws MalformedError for a `cms` that cannot be read strictly, and
 * SigningError `no_such_signer` when there are more tokens than signers. Whether a token fits is for verification to say.
 */
export const addTimestamps = (cms: Uint8Array, tokens: ReadonlyArray<Uint8Array | undefined>): Uint8Array => {
  const { digestAlgorithms, certificates, signerInfos } = readSignedData(cms);
  if (tokens.length > signerInfos.length) throw new SigningError('no_such_signer');
  return writeSignedData({
    digestAlgorithms,
    certificates,
    signerInfos: signerInfos.map((info, index) => {
      const token = tokens[index];
      return token === undefined ? info.raw : stamped(info, token);
    }),
  });
};

/** `addTimestamps` for one signer, by its place in `signatureValues` of this very `cms`. */
export const addTimestamp = (cms: Uint8Array, signer: number, token: Uint8Array): Uint8Array =>
  addTimestamps(cms, [...Array.from({ length: signer }, () => undefined), token]);
