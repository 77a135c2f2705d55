import { addSigner, assembleSignedData, prepareSigner, type Certificate } from '@sochi/signature';
import { createHash } from 'node:crypto';
import { timestampSigners, type TimestampSource } from '#modules/timestamping/index.ts';
import type { Keystore, Proof } from './keystore.ts';

export type DocumentToSign = {
  /** SHA-256 of the content (32 bytes). */
  contentSha256: Uint8Array;
  certificate: Certificate;
  chain: readonly Certificate[];
  signingTime: Temporal.Instant;
  /** A signature of the same content to sign beside; its signers are carried over byte for byte. */
  addTo?: Uint8Array;
  /** In what role the signer acts, when not in their own (CAdES claimed role). */
  claimedRole?: string;
};

/**
 * A detached CAdES-T over content known by its SHA-256, made with a key that stays in the keystore: the signature, and at once
 * a timestamp over it. Throws KeystoreError when the proof does not open the key, SigningError when the signer is there already
 * or the other signers signed something else; refuses with `timestamp.unavailable` when nobody vouches for the moment.
 */
export const signDocument = async (
  { keystore, timestamps }: { keystore: Keystore; timestamps: TimestampSource },
  proof: Proof,
  { contentSha256, addTo, chain, ...input }: DocumentToSign,
): Promise<Uint8Array> => {
  const prepared = prepareSigner({ contentSha256, ...input });
  const hash = createHash('sha256').update(prepared.toBeSigned).digest('hex');
  const authorization = await keystore.authorize(proof, [hash]);
  const signature = await keystore.signHash(authorization, prepared.toBeSigned);
  const parts = { prepared, signature, certificates: chain };
  const cms = addTo === undefined ? assembleSignedData(parts) : addSigner(addTo, parts);
  return timestampSigners(timestamps, cms, signature);
};
