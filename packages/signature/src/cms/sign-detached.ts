import type { KeyObject } from 'node:crypto';
import { signBytes } from '../algorithms/sign-bytes.ts';
import type { SignatureAlgorithm } from '../algorithms/signature-algorithm.ts';
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
  readonly claimedRole?: string;
  /** By default the key's own. */
  readonly algorithm?: SignatureAlgorithm;
}): Promise<Uint8Array> => {
  const { certificates = [] } = input;
  const prepared = prepareSigner(input);
  const signature = await signBytes(input.privateKey, prepared.toBeSigned, prepared.algorithm);
  const parts = { prepared, signature, certificates };
  return input.addTo === undefined ? assembleSignedData(parts) : addSigner(input.addTo, parts);
};
