import { addSigner, assembleSignedData, prepareSigner, type Certificate } from '@sochi/signature';
import { createHash } from 'node:crypto';
import type { Keystore, Proof } from './keystore.ts';

/**
 * A detached CAdES-BES over content known by its SHA-256 (32 bytes), made with a key that stays in the keystore; with `addTo`
 * a parallel signer beside those already there, which are carried over byte for byte. Throws KeystoreError when the proof
 * does not open the key, SigningError when the signer is there already or the other signers signed something else.
 */
export const signDocument = async (
  keystore: Keystore,
  proof: Proof,
  input: {
    contentSha256: Uint8Array;
    certificate: Certificate;
    chain: readonly Certificate[];
    signingTime: Temporal.Instant;
    addTo?: Uint8Array;
    claimedRole?: string;
  },
): Promise<Uint8Array> => {
  const prepared = prepareSigner(input);
  const hash = createHash('sha256').update(prepared.toBeSigned).digest('hex');
  const authorization = await keystore.authorize(proof, [hash]);
  const signature = await keystore.signHash(authorization, prepared.toBeSigned);
  const parts = { prepared, signature, certificates: input.chain };
  return input.addTo === undefined ? assembleSignedData(parts) : addSigner(input.addTo, parts);
};
