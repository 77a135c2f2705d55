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

/** DER of one SignerInfo from the prepared attributes and the signature made over them. */
export const writeSignerInfo = (
  { certificate, algorithm, toBeSigned }: PreparedSigner,
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

/** DER of a detached SignedData; each SET OF is sorted as DER asks, the values themselves are not touched. */
export const writeSignedData = (parts: {
  readonly digestAlgorithms: readonly Uint8Array[];
  readonly certificates: readonly Uint8Array[];
  readonly signerInfos: readonly Uint8Array[];
}): Uint8Array =>
  derSequence(
    SIGNED_DATA,
    derValue(
      TAG.context0Constructed,
      derSequence(
        VERSION,
        derSetOf(parts.digestAlgorithms),
        DATA,
        derSetOf(parts.certificates, TAG.context0Constructed),
        derSetOf(parts.signerInfos),
      ),
    ),
  );
