import { createHash, type KeyObject } from 'node:crypto';
import { signBytes } from '../algorithms.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { addSigner, assembleSignedData } from './assemble.ts';
import { prepareSigner } from './prepare-signer.ts';

/**
 * Signs `content` with a key held in this process (in the libuv pool), as the only signer or, with `addTo`, beside those of
 * an existing CMS; gives the CMS in DER. Throws what `prepareSigner` and `addSigner` throw.
 */
export const signDetached = async (input: {
  readonly content: Uint8Array;
  readonly certificate: Certificate;
  readonly privateKey: KeyObject;
  readonly signingTime: Temporal.Instant;
  readonly certificates?: readonly Certificate[];
  readonly addTo?: Uint8Array;
}): Promise<Uint8Array> => {
  const { certificate, signingTime, certificates = [] } = input;
  const contentSha256 = createHash('sha256').update(input.content).digest();
  const prepared = prepareSigner({ contentSha256, certificate, signingTime });
  const signature = await signBytes(input.privateKey, prepared.toBeSigned);
  const parts = { prepared, signature, certificates };
  return input.addTo === undefined ? assembleSignedData(parts) : addSigner(input.addTo, parts);
};
