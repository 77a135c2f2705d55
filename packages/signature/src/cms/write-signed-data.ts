import {
  derOid,
  derOctetString,
  derSequence,
  derSetOf,
  derSmallInteger,
  derValue,
  retagged,
} from '../der/write-der.ts';
import { TAG } from '../der/tags.ts';
import { OID } from '../oids.ts';
import type { PreparedSigner } from './prepare-signer.ts';

const DATA = derSequence(derOid(OID.data));
const SIGNED_DATA = derOid(OID.signedData);
const VERSION = derSmallInteger(1);
/** RFC 5652 §5.1: for content of any type but data. */
const ATTACHED_VERSION = derSmallInteger(3);

/** DER of one SignerInfo from the prepared attributes and the signature made over them. */
export const writeSignerInfo = (
  { certificate, algorithm, toBeSigned }: Pick<PreparedSigner, 'certificate' | 'algorithm' | 'toBeSigned'>,
  signature: Uint8Array,
): Uint8Array =>
  derSequence(
    VERSION,
    derSequence(certificate.issuerRaw, derValue(TAG.integer, certificate.serialRaw)),
    algorithm.digest.identifier,
    retagged(TAG.context0Constructed, toBeSigned),
    algorithm.signerIdentifier,
    derOctetString(signature),
  );

const encapsulated = ({ contentType, content }: AttachedContent): Uint8Array =>
  derSequence(derOid(contentType), derValue(TAG.context0Constructed, derOctetString(content)));

/** Content that is carried inside, of a type other than data. */
export interface AttachedContent {
  /** Dotted OID. */
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** DER of a SignedData, detached unless content is given; each SET OF is sorted as DER asks, the values themselves are not touched. */
export const writeSignedData = (parts: {
  readonly digestAlgorithms: readonly Uint8Array[];
  readonly attached?: AttachedContent;
  readonly certificates: readonly Uint8Array[];
  readonly signerInfos: readonly Uint8Array[];
}): Uint8Array =>
  derSequence(
    SIGNED_DATA,
    derValue(
      TAG.context0Constructed,
      derSequence(
        parts.attached === undefined ? VERSION : ATTACHED_VERSION,
        derSetOf(parts.digestAlgorithms),
        parts.attached === undefined ? DATA : encapsulated(parts.attached),
        parts.certificates.length === 0
          ? new Uint8Array()
          : derSetOf(parts.certificates, TAG.context0Constructed),
        derSetOf(parts.signerInfos),
      ),
    ),
  );
